import { messagingTasks } from '../../apps/server/src/modules/messaging/index.ts';
import { reminderReleaser } from '../../apps/server/src/modules/reminders/index.ts';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase } from '../../apps/server/src/platform/database/index.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';
import type { SenderTask } from './messaging.child.ts';

/** A worker that releases reminders by the debts it reads, and is killed without warning. */
const task = JSON.parse(process.env.WUYE_CHILD ?? '{}') as SenderTask;
let passed = 0;
const origin = 'http://localhost:8080';

const deps = {
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

for (const { name, run } of messagingTasks(deps, { releasers: [reminderReleaser(deps)] })) {
  if (/release-1|resolve/.test(name)) await run();
}
process.exit(0);
