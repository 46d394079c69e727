import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type AutopayWorld, autopayWorld, localDay } from '../../../../test/autopay-builders.ts';
import { autopaySteps } from '../../../../test/autopay-steps.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';
import { changeLimits } from './change-limits.ts';
import { changeRule } from './change-rule.ts';

const system = await givenSystem({ at: '2027-01-25T02:00:00Z' });
let world: AutopayWorld;
beforeEach(async () => {
  world = await autopayWorld(system);
});
afterAll(() => system.close());
const { announced, debits, dueIn, home, orders, pay, refuse } = autopaySteps(system, () => world);

describe('limits', () => {
  test('a bill above the limit is not taken in part, and the payer is told once', async () => {
    const { who, billed } = await home(300_00, 500_00);
    const mandateId = await world.sign(who, { homes: [billed], limitDebitFen: 400_00 });
    await dueIn(2);
    await world.passHours(24 * 6, async () => pay());
    expect(world.channel.collectedFen()).toBe(300_00);
    expect(await world.messages()).toEqual(['failed', 'notice', 'paid']);
    const { leftOut, later } = await world.show(who, mandateId);
    expect([leftOut, later]).toMatchObject([[{ openFen: 500_00 }], { count: 0, openFen: 0 }]);
  });

  test('what does not fit beside other bills comes with the next debit, and says so', async () => {
    const { who, billed } = await home(300_00, 200_00);
    const mandateId = await world.sign(who, { homes: [billed], limitDebitFen: 400_00 });
    await dueIn(2);
    await world.work();
    const { next, later } = await world.show(who, mandateId);
    expect((next?.amountFen ?? 0) + later.openFen).toBe(500_00);
    expect(later.count).toBe(1);
    await world.passHours(24 * 8, async () => pay());
    expect(world.channel.collectedFen()).toBe(500_00);
    expect(orders()).toHaveLength(2);
  });

  test('of the month hold across two homes and over its end', async () => {
    const first = await world.bills({}, 300_00);
    const second = await world.bills({}, 300_00);
    const who = await world.resident([first.unitId, second.unitId]);
    await world.sign(who, {
      homes: [first, second],
      limitDebitFen: 300_00,
      limitMonthFen: 300_00,
      firstDebitOn: localDay(system, 2),
    });
    await dueIn(2);
    await world.passHours(24 * 30, async () => pay());
    const list = await debits();
    expect(list.map(({ state }) => state)).toEqual(['paid', 'paid']);
    const months = list.map(({ on }) => on.slice(0, 7));
    expect(new Set(months).size).toBe(2);
    await checkInvariants(world, world.channel);
  });

  test('lowered below a planned debit call it off at once', async () => {
    const { who, mandateId } = await announced(300_00);
    const limits = { limitDebitFen: 100_00 as never, limitMonthFen: 100_00 as never };
    await changeLimits(world.deps, { actor: who.actor, mandateId, ...limits });
    await world.passHours(24 * 5, async () => pay());
    expect(await debits()).toMatchObject([{ state: 'dropped', code: 'over-limit' }]);
    expect(orders()).toEqual([]);
  });
});

test('a community may have its own day, and a rule cannot debit before a bill exists', async () => {
  const { who, billed } = await home(300_00);
  const actor = { ...system.staff, companyId: world.companyId };
  const rule = { basis: 'published', days: 4, noticeDays: 2, retryDays: [] } as const;
  await expect(
    changeRule(world.deps, { actor, communityId: null, ...rule, days: -1 }),
  ).rejects.toMatchObject({ code: 'AUTOPAY_RULE_WRONG' });
  await changeRule(world.deps, { actor, communityId: billed.communityId, ...rule });
  await world.sign(who, { homes: [billed] });
  await world.passHours(24 * 6, () => refuse('NOTENOUGH'));
  expect(await debits()).toMatchObject([{ on: localDay(system, -2), code: 'no-money' }]);
});
