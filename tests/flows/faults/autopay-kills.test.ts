import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { givenPayer, type Scene, startAutopayScene } from '../autopay-scene.ts';
import { bundle } from './bundle.ts';
import { childrenOf } from './children.ts';

/**
 * A worker over the real modules kills itself with SIGKILL at a named point of a debit, against the
 * real database and the simulated wallet. What is left is found by the next worker.
 */
let scene: Scene;
let program: Awaited<ReturnType<typeof bundle>>;
// Days pass hour by hour, and each test starts a process or two.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
beforeAll(async () => {
  program = await bundle(join(import.meta.dirname, 'machine.child.ts'));
  scene = await startAutopayScene();
});
afterAll(async () => {
  stopAll();
  program.remove();
  await scene.close();
});
const { runUntilKilled, runToTheEnd, stopAll } = childrenOf(
  () => scene,
  () => program,
);
const action = { kind: 'debits' } as const;

test.each(['autopay.plan.written', 'autopay.announce.answered', 'autopay.announce.written'])(
  'killed at %s before a debit starts: it is told of once and taken once',
  async (point) => {
    const payer = await givenPayer(scene, 'wechat-pay', [300_00]);
    await payer.dueIn(1);
    const asked = await payer.ask();
    await payer.agree(asked);
    await payer.call('POST', `${asked.path}/check`);
    await runUntilKilled(point, action);
    await runToTheEnd(action);
    await scene.passHours(24 * 6);
    expect((await payer.debits(asked)).map(({ state }) => state)).toEqual(['paid']);
    expect([await payer.openFen(), await payer.postedFen()]).toEqual([0, 300_00]);
    await scene.checkPromises();
  },
);

test.each([
  'autopay.start.claimed',
  'autopay.start.written',
  'payment.open.recorded',
  'payment.open.answered',
  'payment.open.finished',
  'autopay.end.written',
])('killed at %s while a debit is asked for: it is taken once', async (point) => {
  const payer = await givenPayer(scene, 'wechat-pay', [300_00]);
  await payer.dueIn(3);
  const asked = await payer.sign();
  await scene.untilDue(asked.mandateId);
  if (point === 'autopay.end.written') {
    await runToTheEnd(action);
    await scene.advance(5000);
  }
  await runUntilKilled(point, action);
  await scene.passHours(24 * 3);
  // What never reached the wallet failed after its time, and its next try was told of anew.
  const states = point === 'payment.open.recorded' ? ['paid', 'failed'] : ['paid'];
  expect((await payer.debits(asked)).map(({ state }) => state)).toEqual(states);
  expect([await payer.openFen(), await payer.postedFen()]).toEqual([0, 300_00]);
  const { debits } = await scene.control<{ debits: number }>('GET', asked.wallet);
  expect(debits).toBe(1);
  await scene.checkPromises();
});
