import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type AutopayWorld, autopayWorld } from '../../../../test/autopay-builders.ts';
import { autopaySteps, dayMs } from '../../../../test/autopay-steps.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { checkInvariants } from '../../../../test/payment-invariants.ts';

const system = await givenSystem({ at: '2027-01-25T02:00:00Z' });
let world: AutopayWorld;
beforeEach(async () => {
  world = await autopayWorld(system);
});
afterAll(() => system.close());
const {
  announced,
  debits,
  dispute,
  dueIn,
  holdElsewhere,
  home,
  openFen,
  orders,
  pay,
  refuse,
  settleElsewhere,
  states,
} = autopaySteps(system, () => world);

describe('a debit', () => {
  test('is told of at least a day before, taken once, and settles the bill', async () => {
    const { who, mandateId } = await announced(300_00);
    expect((await world.show(who, mandateId)).next).toMatchObject({ amountFen: 300_00 });
    expect(await states()).toEqual(['announced']);
    expect(await world.messages()).toEqual(['notice']);
    const toldAt = system.clock.now();
    await world.passHours(24 * 3, async () => pay());
    expect(await states()).toEqual(['paid']);
    expect(await openFen()).toBe(0);
    expect(orders()).toHaveLength(1);
    expect(orders()[0]?.trade?.paidAt.getTime()).toBeGreaterThanOrEqual(toldAt.getTime() + dayMs);
    expect(await world.messages()).toEqual(['notice', 'paid']);
    await checkInvariants(world, world.channel);
  });

  test('never starts while its notice was not taken, nor when nobody took it', async () => {
    const { who, billed } = await home(300_00);
    await world.sign(who, { homes: [billed] });
    await dueIn(3);
    for (let hour = 0; hour < 24 * 4; hour += 1) {
      system.clock.advance(3_600_000);
      await world.work();
    }
    expect(orders()).toEqual([]);
    await world.acceptNotices('failed');
    await world.work();
    expect((await debits()).at(-1)).toMatchObject({ state: 'dropped', code: 'not-reached' });
    expect(orders()).toEqual([]);
  });

  test('a channel that does not take the notice is not asked to debit', async () => {
    const { who, billed } = await home(300_00);
    const mandateId = await world.sign(who, { homes: [billed] });
    await dueIn(2);
    world.wallet.answers.announce.push(
      { state: 'unknown', reason: 'timeout' },
      { state: 'refused', code: 'PARTNER_UNSUPPORTED', message: '' },
    );
    await world.passHours(24 * 4);
    expect(await debits()).toMatchObject([{ state: 'dropped', code: 'notice-refused' }]);
    expect(orders()).toEqual([]);
    expect((await world.show(who, mandateId)).leftOut).toHaveLength(1);
  });

  test('leaves out a bill that was paid meanwhile, and one in dispute', async () => {
    const { who, billed, mandateId } = await announced(100_00, 200_00, 300_00);
    const [paid, disputed] = billed.bills;
    await settleElsewhere(billed.unitId, paid?.id ?? '', 100_00);
    await dispute(disputed?.id ?? '', billed.unitId);
    await world.passHours(24 * 5, async () => pay());
    expect(orders().map(({ amountFen }) => amountFen)).toEqual([300_00]);
    const { leftOut } = await world.show(who, mandateId);
    expect(leftOut.map(({ billId }) => billId)).toEqual([disputed?.id]);
  });

  test('waits while somebody is paying the bill, and then does not take it', async () => {
    const { billed } = await announced(300_00);
    const [bill] = billed.bills;
    let isHeld = false;
    await world.passHours(24 * 4, async () => {
      const [debit] = await debits();
      if (!isHeld && debit?.state === 'announced') {
        isHeld = true;
        await holdElsewhere(billed.unitId, bill?.id ?? '');
      }
      if (isHeld) pay();
    });
    expect(orders()).toHaveLength(1);
    expect((await debits()).map(({ code }) => code)).toEqual(['bills-changed']);
    await checkInvariants(world, world.channel);
  });

  test('without money is tried again after 1, 3 and 7 days, each time told', async () => {
    const { who, mandateId } = await announced(300_00);
    await world.passHours(24 * 20, () => refuse('NOTENOUGH'));
    const tries = await debits();
    expect(tries.map(({ tryNo, code }) => [tryNo, code])).toEqual([
      [1, 'no-money'],
      [2, 'no-money'],
      [3, 'no-money'],
      [4, 'no-money'],
    ]);
    const days = tries.map(({ on }) => Date.parse(on) / dayMs);
    expect(days.map((day) => day - (days[0] ?? 0))).toEqual([0, 1, 4, 11]);
    expect(await world.messages()).toEqual(['notice', 'retry', 'retry', 'retry', 'failed']);
    expect((await world.show(who, mandateId)).leftOut).toMatchObject([{ openFen: 300_00 }]);
  });

  test('without money at first and with money at the second try is paid once', async () => {
    const { mandateId, who } = await announced(300_00);
    let failures = 0;
    await world.passHours(24 * 8, async () => {
      if (orders().length === 1 && failures === 0) {
        failures += 1;
        await refuse('NOTENOUGH');
      } else if (failures > 0) pay();
    });
    expect(await states()).toEqual(['failed', 'paid']);
    expect(world.channel.collectedFen()).toBe(300_00);
    expect((await world.show(who, mandateId)).next).toBeNull();
    await checkInvariants(world, world.channel);
  });

  test('that is unclear is never asked for twice, and ends as the channel says', async () => {
    await announced(300_00);
    world.channel.fail('prepay', 'lost-after');
    let hours = 0;
    await world.passHours(24 * 7, async () => {
      if (orders().length > 0) hours += 1;
      if (hours === 30) pay();
    });
    expect(world.channel.calls.prepay).toBe(1);
    expect(await states()).toEqual(['paid']);
    await checkInvariants(world, world.channel);
  });

  test('that never reached the channel is over after its time, and tried again', async () => {
    await announced(300_00);
    world.channel.fail('prepay', 'lost-before');
    await world.passHours(24 * 6, async () => pay());
    expect((await debits()).map(({ state, code }) => [state, code])).toEqual([
      ['failed', 'not-answered'],
      ['paid', null],
    ]);
    expect(world.channel.collectedFen()).toBe(300_00);
  });
});
