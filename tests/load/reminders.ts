import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createAccount, messagingTasks } from '../../apps/server/src/modules/messaging/index.ts';
import {
  activatePlan,
  createPlan,
  reminderReleaser,
} from '../../apps/server/src/modules/reminders/index.ts';
import { enqueuePlanned } from '../../apps/server/src/modules/reminders/use-cases/enqueue-planned.ts';
import { planReminders } from '../../apps/server/src/modules/reminders/use-cases/plan-reminders.ts';
import type { StaffActor } from '../../apps/server/src/platform/actor.ts';
import { createSecretBox } from '../../apps/server/src/platform/crypto/secret-box.ts';
import { createDatabase, migrate, sql } from '../../apps/server/src/platform/database/index.ts';
import {
  PRODUCTION_SETTINGS,
  startEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { connectLive } from '../../apps/server/src/platform/live.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';
import { planInput, stepOf } from '../../apps/server/test/reminders-builders.ts';
import { boundOfPlanning, boundOfQueueing, boundOfRelease, keepQueued } from './reminders-bound.ts';
import { scene, seedReminders } from './reminders-seed.ts';
import type { BenchResult } from './report.ts';

/** Homes that are planned; a fifth of them is released. The aim is named for 1,000,000. */
const homes = Number(process.env['BENCH_ROWS'] ?? 50_000);
const messages = Math.round(homes / 5);

/** Progress for whoever waits; apart from the result, which may be read by a machine. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

type Bench = Awaited<ReturnType<typeof open>>;

/**
 * A day of reminders: planned for every home, put into the queue, and those of the morning released
 * and sent, as the worker does it, with the debts read again under their locks; each step against
 * plain statements that write the same rows.
 */
export async function run(): Promise<BenchResult> {
  const bench = await open();
  try {
    tell(`filling ${homes} homes`);
    const { owner, db, deps } = bench;
    const phoneCipher = deps.secrets.seal(scene.companyId, 'resident.phone', '13800000001');
    await seedReminders(owner, { homes, dueTomorrow: messages, phoneCipher });
    await owner.query('create schema bench');
    await owner.query('grant usage on schema bench to wuye_app');
    await givenPlan(bench);
    const idle = rssMb();
    const planning = await measured(() => planReminders(deps, scene.companyId));
    await requireCount(bench, 'reminders.reminder', homes);
    const planningBound = await boundOfPlanning(owner, db);
    tell(`planned in ${planning.seconds.toFixed(1)} s, bound ${planningBound.toFixed(1)} s`);
    const queueing = await measured(() => enqueuePlanned(deps, scene.companyId));
    await requireCount(bench, 'messaging.message', homes);
    const queueingBound = await boundOfQueueing(owner, db);
    tell(`queued in ${queueing.seconds.toFixed(1)} s, bound ${queueingBound.toFixed(1)} s`);
    await keepQueued(owner);
    await owner.query('vacuum analyze messaging.message, reminders.reminder');
    const deciding = { ms: 0 };
    const release = await measured(() => releaseAll(bench, deciding));
    await requireCount(bench, 'reminders.notice', messages);
    if ((await bench.taken()) !== messages) throw new Error('not every message was sent once');
    const releaseBound = await boundOfRelease(owner, db);
    const ratio = planning.seconds / planningBound;
    return {
      name: 'reminders',
      ratio,
      rows: homes,
      figures: [
        ...step('planning', 'homes/s', homes, planning, planningBound),
        ...step('queueing', 'messages/s', homes, queueing, queueingBound),
        ...step('release and sending', 'messages/s', messages, release, releaseBound),
        { name: 'of it reading debts and deciding', value: deciding.ms / 1000, unit: 's' },
        { name: 'memory of Node before', value: idle, unit: 'MB' },
      ],
    };
  } finally {
    await bench.close();
  }
}

async function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuye-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: PRODUCTION_SETTINGS });
  await migrate({ ownerUrl: server.ownerUrl, directory: 'apps/server/migrations' });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const db = createDatabase({ url: server.url('wuye_app'), poolSize: 4 });
  const jobsDb = createDatabase({ url: server.url('wuye_jobs'), poolSize: 2 });
  const live = await connectLive(db, server.url('wuye_app'), silentLog);
  const provider = fork(join(import.meta.dirname, 'reminders-provider.ts'));
  const [port] = (await once(provider, 'message')) as [number];
  const startedAt = performance.now();
  const origin = 'http://localhost:8080';
  const deps = {
    ...{ db, jobsDb, live, log: silentLog, demo: true, publicUrl: origin, notifyUrl: origin },
    clock: { now: () => new Date(scene.startsAt + performance.now() - startedAt) },
    secrets: createSecretBox(new Map([[1, Buffer.alloc(32, 7)]])),
    checkpoint: () => undefined,
  };
  return {
    ...{ owner, db, jobsDb, deps, providerUrl: `http://127.0.0.1:${port}` },
    /** Pushes that the provider took. */
    async taken(): Promise<number> {
      provider.send('how many');
      const [count] = (await once(provider, 'message')) as [number];
      return count;
    },
    async close() {
      provider.disconnect();
      await live.close();
      await Promise.all([db.close(), jobsDb.close(), owner.end()]);
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Due tomorrow goes out in the morning, what is late in the evening: it stays in the queue. */
async function givenPlan({ deps, providerUrl }: Bench): Promise<void> {
  const { companyId } = scene;
  const id = companyId;
  const actor: StaffActor = { kind: 'staff', companyId, id, name: '', permissions: new Set() };
  await createAccount(deps, {
    actor,
    account: {
      ...{ provider: 'jpush', name: '推送', endpoints: { api: providerUrl } },
      credentials: { appKey: 'throwawayAppKey', masterSecret: 'throwawayMasterSecret' },
    },
  });
  const vias = ['push' as const, 'sms' as const];
  const steps = [
    stepOf({ days: -1, sendAt: '10:00', vias }),
    stepOf({ days: 3, sendAt: '18:00', vias }),
  ];
  const plan = await createPlan(deps, { actor, plan: planInput({ steps }) });
  await activatePlan(deps, { actor, reminderPlanId: plan.id });
}

/** Both senders of a worker, until nothing is due. */
async function releaseAll({ deps, db }: Bench, deciding: { ms: number }): Promise<void> {
  const { purpose, release } = reminderReleaser(deps);
  const timedReleaser = {
    purpose,
    async release(...input: Parameters<typeof release>) {
      const start = performance.now();
      const answers = await release(...input);
      deciding.ms += performance.now() - start;
      return answers;
    },
  };
  const tasks = messagingTasks(deps, { releasers: [timedReleaser] });
  const senders = tasks.filter(({ name }) => name.startsWith('messaging.release'));
  let left = messages;
  while (left > 0) {
    await Promise.all(senders.map((sender) => sender.run()));
    const { due } = await db.read(scene.companyId, (tx) =>
      tx.one(sql<{ due: number }>`
        select count(*) as due from messaging.message where company_id = ${scene.companyId}
          and state = 'queued' and due_at <= ${deps.clock.now()}`),
    );
    if (due >= left) throw new Error(`${due} messages do not leave`);
    left = due;
    tell(`${left} messages to go`);
  }
}

interface Measured {
  readonly seconds: number;
  /** The highest while it worked. */
  readonly memoryMb: number;
}

async function measured(work: () => Promise<unknown>): Promise<Measured> {
  let memoryMb = rssMb();
  const timer = setInterval(() => {
    memoryMb = Math.max(memoryMb, rssMb());
  }, 50);
  const start = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return { seconds: (performance.now() - start) / 1000, memoryMb: Math.max(memoryMb, rssMb()) };
}

function rssMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

function step(
  name: string,
  unit: string,
  rows: number,
  { seconds, memoryMb }: Measured,
  boundSeconds: number,
) {
  return [
    { name, value: rows / seconds, unit },
    { name: `${name}, plain SQL`, value: rows / boundSeconds, unit },
    { name: `${name}, time to that of plain SQL`, value: seconds / boundSeconds, unit: '' },
    { name: `${name}, peak memory of Node`, value: memoryMb, unit: 'MB' },
  ];
}

async function requireCount({ owner }: Bench, table: string, wanted: number): Promise<void> {
  const { rows } = await owner.query<{ count: string }>(`select count(*) from ${table}`);
  if (Number(rows[0]?.count) !== wanted) {
    throw new Error(`${table} has ${rows[0]?.count} rows and not ${wanted}`);
  }
}
