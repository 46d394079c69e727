import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type AutopayWorld,
  agree,
  autopayWorld,
  localDay,
} from '../../../../test/autopay-builders.ts';
import { autopaySteps } from '../../../../test/autopay-steps.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { changeLimits } from './change-limits.ts';
import { showTerms } from './sign-autopay.ts';
import { signOptions } from './sign-options.ts';

const system = await givenSystem({ at: '2027-01-25T02:00:00Z' });
let world: AutopayWorld;
beforeEach(async () => {
  world = await autopayWorld(system);
});
afterAll(() => system.close());
const { at, dueIn, home, states } = autopaySteps(system, () => world);

describe('signing', () => {
  test('the terms say in plain words who may take what, how much and when', async () => {
    const { billed, who } = await home(300_00);
    const { options } = await signOptions(world.deps, {
      actor: who.actor,
      surface: 'h5',
      wallet: 'wechat',
    });
    expect(options).toMatchObject([{ channel: 'wechat-pay', isHere: true }]);
    const [bill] = billed.bills;
    const { lines } = await showTerms(world.deps, {
      actor: who.actor,
      channel: 'wechat-pay',
      merchantAccountId: world.merchantAccountId,
      homes: [{ unitId: billed.unitId, feeItemIds: [bill?.feeItemId ?? ''] }],
      limitDebitFen: bill?.amountFen ?? (0 as never),
      limitMonthFen: bill?.amountFen ?? (0 as never),
      firstDebitOn: localDay(system, 3),
    });
    const text = lines.map(({ zh }) => zh).join('\n');
    expect(text).toContain('每次最多 300.00 元，每月合计最多 300.00 元');
    expect(text).toContain('没有通知到您，就不会扣款');
  });

  test('nothing is debited before the wallet says that the payer agreed', async () => {
    const { billed, who } = await home(300_00);
    const mandateId = await world.ask(who, { homes: [billed] });
    await dueIn(3);
    await world.passHours(24 * 5);
    expect([await states(), (await world.show(who, mandateId)).state]).toEqual([[], 'ended']);
  });

  test('a signature that comes after it was given up is ended at the channel', async () => {
    const { billed, who } = await home(300_00);
    const mandateId = await world.ask(who, { homes: [billed] });
    await world.passHours(26);
    expect((await world.show(who, mandateId)).state).toBe('ended');
    await agree(system, at(mandateId));
    await world.work();
    expect(world.wallet.ended).toHaveLength(1);
    expect(await states()).toEqual([]);
  });

  test('the same tap twice is one signature', async () => {
    const { billed, who } = await home(300_00);
    const wish = { homes: [billed], key: 'one-tap-1' };
    const [a, b] = await Promise.all([world.ask(who, wish), world.ask(who, wish)]);
    expect(a).toBe(b);
  });

  test('another’s home, and another’s fee item, cannot be signed for', async () => {
    const { billed } = await home(300_00);
    const stranger = await world.resident([]);
    await expect(world.ask(stranger, { homes: [billed] })).rejects.toMatchObject({
      code: 'HOME_NOT_BOUND',
    });
    const other = await world.bills({ feeItemName: '别人的费' }, 1_00);
    const mixed = { ...billed, bills: other.bills };
    const who = await world.resident([billed.unitId]);
    await expect(world.ask(who, { homes: [mixed] })).rejects.toMatchObject({
      code: 'AUTOPAY_NOT_OFFERED',
    });
  });

  test('of two people of one home, one pays a fee item', async () => {
    const { billed, who } = await home(300_00);
    await world.sign(who, { homes: [billed] });
    const wife = await world.resident([billed.unitId]);
    await expect(world.ask(wife, { homes: [billed] })).rejects.toMatchObject({
      code: 'AUTOPAY_TAKEN',
    });
  });

  test('two who sign at the same time: the second pays nothing, and is ended', async () => {
    const { billed, who } = await home(300_00);
    const wife = await world.resident([billed.unitId]);
    const first = await world.ask(who, { homes: [billed] });
    const second = await world.ask(wife, { homes: [billed] });
    await agree(system, at(first));
    await agree(system, at(second));
    await world.work();
    expect((await world.show(who, first)).state).toBe('active');
    expect((await world.show(wife, second)).state).toBe('ended');
  });

  test('higher limits are signed for again, and the old agreement ends', async () => {
    const { billed, who } = await home(300_00);
    const old = await world.sign(who, { homes: [billed], limitDebitFen: 400_00 });
    const limits = { limitDebitFen: 500_00 as never, limitMonthFen: 2000_00 as never };
    await expect(
      changeLimits(world.deps, { actor: who.actor, mandateId: old, ...limits }),
    ).rejects.toMatchObject({ code: 'AUTOPAY_RAISE' });
    const fresh = await world.sign(who, { homes: [billed], limitDebitFen: 500_00 });
    await world.work();
    expect((await world.show(who, old)).stoppedBy).toBe('replaced');
    expect((await world.show(who, fresh)).homes).toMatchObject([{ isLive: true }]);
  });
});
