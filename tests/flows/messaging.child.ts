import {
  type MessagingDeps,
  messagingTasks,
} from '../../apps/server/src/modules/messaging/index.ts';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase } from '../../apps/server/src/platform/database/index.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';

/** What the worker is told, as JSON in WUYE_CHILD. */
export interface SenderTask {
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly now: string;
  /** Which of the points it passes is its last. */
  readonly killAfter: number;
}

/** A worker that releases and sends what is due, and is killed without warning on the way. */
const task = JSON.parse(process.env.WUYE_CHILD ?? '{}') as SenderTask;
let passed = 0;
const origin = 'http://localhost:8080';

const deps: MessagingDeps = {
  db: createDatabase({ url: task.appUrl, poolSize: 4 }),
  jobsDb: createDatabase({ url: task.jobsUrl, poolSize: 2 }),
  clock: { now: () => new Date(task.now) },
  secrets: createSecretBox(new Map([[1, Buffer.alloc(32, 7)]])),
  log: silentLog,
  ...{ publicUrl: origin, notifyUrl: origin, demo: true },
  checkpoint: () => {
    passed += 1;
    if (passed >= task.killAfter) process.kill(process.pid, 'SIGKILL');
  },
};

for (const { name, run } of messagingTasks(deps, { releasers: [] })) {
  if (/release-1|resolve/.test(name)) await run();
}
process.exit(0);
