import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type AutopayWorld, autopayWorld } from '../../../../test/autopay-builders.ts';
import { autopaySteps, times } from '../../../../test/autopay-steps.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { skipDebit, unskipDebit } from './skip-debit.ts';
import { stopAutopay } from './stop-autopay.ts';

const system = await givenSystem({ at: '2027-01-25T02:00:00Z' });
let world: AutopayWorld;
beforeEach(async () => {
  world = await autopayWorld(system);
});
afterAll(() => system.close());
const { announced, debits, dueIn, home, orders, pay, states } = autopaySteps(system, () => world);

/** The debit that the payer sees, skipped. */
async function skipped(...fens: number[]) {
  const given = await announced(...fens);
  const [debit] = await debits();
  const of = { actor: given.who.actor, mandateId: given.mandateId, debitId: debit?.id ?? '' };
  await skipDebit(world.deps, of);
  return { ...given, of };
}

describe('a skipped debit', () => {
  test('is left to the payer, however often it is skipped', async () => {
    const { of } = await skipped(300_00);
    await skipDebit(world.deps, of);
    await world.passHours(24 * 5, async () => pay());
    expect([await states(), orders()]).toEqual([['skipped'], []]);
  });

  test('that is taken back keeps its day and its notice, and is taken once', async () => {
    const { of, who } = await skipped(300_00);
    const [before] = await debits();
    await Promise.all(times(() => unskipDebit(world.deps, of)));
    expect((await world.show(who, of.mandateId)).next).toMatchObject({
      id: of.debitId,
      debitOn: before?.on,
      canSkip: true,
    });
    await world.passHours(24 * 5, async () => pay());
    expect(await states()).toEqual(['paid']);
    expect(world.channel.collectedFen()).toBe(300_00);
    expect(await world.messages()).toEqual(['notice', 'paid']);
    await checkInvariants(world, world.channel);
  });

  test('that is taken back after its day comes with a new notice and a new day', async () => {
    const { of } = await skipped(300_00);
    await world.passHours(24 * 6);
    await unskipDebit(world.deps, of);
    await unskipDebit(world.deps, of).catch(({ code }) => expect(code).toBe('AUTOPAY_NOT_SKIPPED'));
    await world.passHours(24 * 6, async () => pay());
    expect(await states()).toEqual(['dropped', 'paid']);
    expect(await world.messages()).toEqual(['notice', 'notice', 'paid']);
    await checkInvariants(world, world.channel);
  });

  test('whose notice was taken while it was skipped is announced all the same', async () => {
    const { who, billed } = await home(300_00);
    const mandateId = await world.sign(who, { homes: [billed] });
    await dueIn(2);
    await world.work();
    const [debit] = await debits();
    const of = { actor: who.actor, mandateId, debitId: debit?.id ?? '' };
    await skipDebit(world.deps, of);
    expect(await world.acceptNotices()).toBe(1);
    await unskipDebit(world.deps, of);
    expect(await states()).toEqual(['announced']);
  });

  test('cannot come back after a stop, nor at another’s wish', async () => {
    const { of, who } = await skipped(300_00);
    const stranger = await world.resident([]);
    await expect(unskipDebit(world.deps, { ...of, actor: stranger.actor })).rejects.toMatchObject({
      code: 'AUTOPAY_NOT_FOUND',
    });
    const { mandateId } = of;
    await stopAutopay(world.deps, { actor: who.actor, mandateId, by: 'resident', note: null });
    await expect(unskipDebit(world.deps, of)).rejects.toMatchObject({ code: 'AUTOPAY_OVER' });
    await world.passHours(24 * 5, async () => pay());
    expect(orders()).toEqual([]);
  });

  test('lowered limits that are raised again bring the debit back on its day', async () => {
    const { who, mandateId } = await announced(300_00);
    const [before] = await debits();
    const { changeLimits } = await import('./change-limits.ts');
    const limit = (amountFen: number) => ({
      limitDebitFen: amountFen as never,
      limitMonthFen: amountFen as never,
    });
    await changeLimits(world.deps, { actor: who.actor, mandateId, ...limit(100_00) });
    await changeLimits(world.deps, { actor: who.actor, mandateId, ...limit(500_00) });
    await world.passHours(24 * 5, async () => pay());
    expect(await states()).toEqual(['dropped', 'paid']);
    expect((await debits()).map(({ on }) => on)).toEqual([before?.on, before?.on]);
  });
});
