import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ChannelTrade } from '../../../apps/server/src/modules/channels/index.ts';
import {
  confirmPayment,
  paymentState,
  paymentTasks,
  startPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { migrate } from '../../../apps/server/src/platform/database/index.ts';
import {
  startEmbeddedPostgres,
  TEST_SETTINGS,
} from '../../../apps/server/src/platform/embedded-postgres/index.ts';
import { findPostmaster } from '../../../apps/server/src/platform/embedded-postgres/postmaster.ts';
import { givenSystem, type TestSystem } from '../../../apps/server/test/harness.ts';
import { type PaymentWorld, paymentWorld } from '../../../apps/server/test/payment-builders.ts';
import { checkInvariants } from '../../../apps/server/test/payment-invariants.ts';

/** F13: PostgreSQL itself is killed while payments are confirmed, and comes back. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const dataDir = mkdtempSync(join(tmpdir(), 'wuye-killed-database-'));
// Durability is what is tested, so it stays on.
const settings = {
  ...TEST_SETTINGS,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
};
const start = () => startEmbeddedPostgres({ dataDir, settings });

let server: Awaited<ReturnType<typeof start>>;
let system: TestSystem;
let world: PaymentWorld;
const trades: ChannelTrade[] = [];
const payments: string[] = [];
const paymentCount = 60;

beforeAll(async () => {
  chmodSync(dataDir, 0o711);
  server = await start();
  const directory = join(import.meta.dirname, '../../../apps/server/migrations');
  await migrate({ ownerUrl: server.ownerUrl, directory });
  system = await givenSystem({
    database: {
      ownerUrl: server.ownerUrl,
      appUrl: server.url('wuye_app'),
      jobsUrl: server.url('wuye_jobs'),
      drop: async () => undefined,
    },
  });
  world = await paymentWorld(system);
  for (let count = 0; count < paymentCount; count += 1) await givenPaidOrder(count);
});
afterAll(async () => {
  await system.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('PostgreSQL killed with -9 during confirmations loses and doubles nothing', async () => {
  const answered = new Set<string>();
  for (const killAfter of [3, 15, 30]) {
    let reached: () => void = () => undefined;
    const enough = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const telling = trades.map((trade) =>
      tell(trade).then(
        () => answered.add(trade.tradeNo).size >= killAfter && reached(),
        () => undefined,
      ),
    );
    await enough;
    const postmaster = findPostmaster(join(dataDir, 'postgres'));
    if (!postmaster) throw new Error('no database runs');
    process.kill(postmaster.pid, 'SIGKILL');
    await Promise.all(telling);
    server = await start();
    // Whatever was answered with success is booked or stored: it must survive the kill.
    for (const trade of trades.filter(({ tradeNo }) => answered.has(tradeNo))) {
      await settledEventually(trade);
    }
  }
  await Promise.all(trades.map((trade) => tell(trade))); // The channel sends again what failed.
  system.clock.advance(400_000);
  for (const task of paymentTasks(world.deps)) await task.run();
  await checkInvariants(world, world.channel);
  expect(answered.size).toBeGreaterThanOrEqual(30);
});

async function givenPaidOrder(count: number): Promise<void> {
  const unit = await world.bills(100_00 + count);
  const { paymentId } = await startPayment(world.deps, world.wish(unit));
  payments.push(paymentId);
  const view = await viewOf(paymentId);
  trades.push(world.channel.pay(view?.orderNo ?? ''));
}

function viewOf(paymentId: string) {
  return system.deps.db.read(world.companyId, (tx) => paymentState(tx, paymentId));
}

async function tell(trade: ChannelTrade): Promise<void> {
  const { companyId } = world;
  await confirmPayment(world.deps, { companyId, source: 'notification', trade });
}

async function settledEventually(trade: ChannelTrade): Promise<void> {
  const paymentId = payments[trades.indexOf(trade)] ?? '';
  await expect.poll(() => stateAfterRestart(paymentId), { timeout: 20_000 }).toBe('paid');
}

/** A pool finds its broken connections out by using them. */
async function stateAfterRestart(paymentId: string): Promise<string | undefined> {
  try {
    return (await viewOf(paymentId))?.state;
  } catch {
    return 'the connection is still broken';
  }
}
