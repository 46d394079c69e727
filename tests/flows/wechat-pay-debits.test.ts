import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  announceDebit,
  endMandate,
  mandateOf,
  signMandate,
} from '../../apps/server/src/modules/channels/index.ts';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { fen } from '../../packages/money/src/index.ts';
import { newOrderNo, startScene } from './wechat-pay-scene.ts';
import { type Verbs, verbsOf } from './wechat-pay-verbs.ts';

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

const dayMs = 24 * 3_600_000;
const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

describe.each([undefined, 'plain'] as const)('for a partner’s merchant: %s', (partner) => {
  let given: GivenMerchantAccount;
  let verbs: Verbs;
  beforeAll(async () => {
    const { simulatorUrl } = scene;
    given = await givenMerchantAccount(scene.system, { simulatorUrl, ...(partner && { partner }) });
    verbs = verbsOf(scene.system, given);
  });

  const named = (mandateNo: string) => ({
    companyId: scene.system.companyId,
    merchantAccountId: given.merchantAccountId,
    mandateNo,
  });

  /** @returns where the payer is led to agree */
  async function ask(mandateNo: string): Promise<string> {
    const result = await signMandate(scene.system.deps, {
      ...named(mandateNo),
      displayName: '阳光花园 3栋2单元501',
      limitFen: fen(1000_00),
      firstDebitOn: dayOf(scene.system.clock.now()),
      returnUrl: 'http://localhost:8080/q/x',
      requestedAt: scene.system.clock.now(),
    });
    if (result.state !== 'accepted' || result.instructions.kind !== 'redirect') {
      throw new Error(`the channel leads nowhere: ${JSON.stringify(result)}`);
    }
    return result.instructions.url;
  }

  async function signed(): Promise<{ mandateNo: string; channelMandateNo: string }> {
    const mandateNo = newOrderNo();
    const url = await ask(mandateNo);
    const heard = await scene.heardAfter(given, () =>
      scene.control('POST', `wechat-pay/mandates/${mandateNo}/sign`, { link: url }),
    );
    expect(heard).toMatchObject({
      state: 'authentic',
      eventType: 'V2.CONTRACT.ADD',
      mandate: { mandateNo, state: 'active', payerOpenId: expect.stringMatching(/./) },
    });
    if (heard?.state !== 'authentic' || !heard.mandate) throw new Error('no mandate was told of');
    return { mandateNo, channelMandateNo: heard.mandate.channelMandateNo };
  }

  test('a payer agrees, and the query says the same', async () => {
    const { mandateNo, channelMandateNo } = await signed();
    const known = await mandateOf(scene.system.deps, { ...named(mandateNo), ask: true });
    expect(known).toMatchObject({ state: 'active', channelMandateNo });
  });

  test('a link that somebody changed is refused by the channel', async () => {
    const mandateNo = newOrderNo();
    const url = (await ask(mandateNo)).replace(/contract_display_account=[^&]*/, '$&x');
    const signing = scene.control('POST', `wechat-pay/mandates/${mandateNo}/sign`, { link: url });
    await expect(signing).rejects.toThrow('签名错误');
  });

  test('a payer who walks away has agreed to nothing', async () => {
    const mandateNo = newOrderNo();
    const url = await ask(mandateNo);
    const outcome = 'cancel';
    await scene.control('POST', `wechat-pay/mandates/${mandateNo}/sign`, { link: url, outcome });
    const known = await mandateOf(scene.system.deps, { ...named(mandateNo), ask: true });
    expect(known.state).not.toBe('active');
  });

  test('we end it, and the channel’s notice says so too', async () => {
    const { mandateNo } = await signed();
    const heard = await scene.heardAfter(given, async () => {
      const reason = '业主已迁出';
      const ended = await endMandate(scene.system.deps, { ...named(mandateNo), reason });
      expect(ended).toEqual({ state: 'done' });
    });
    expect(heard).toMatchObject({ state: 'authentic', mandate: { mandateNo, state: 'ended' } });
    const known = await mandateOf(scene.system.deps, { ...named(mandateNo), ask: true });
    expect(known).toMatchObject({ state: 'ended' });
  });

  test('a debit is accepted, then paid, then heard of and found', async () => {
    const { mandateNo } = await signed();
    const order = verbs.order({ product: 'debit', mandateNo });
    expect(await verbs.query(order)).toEqual({ state: 'not-found' });
    const heard = await scene.heardAfter(given, async () => {
      expect(await verbs.prepay(order)).toEqual({
        state: 'accepted',
        instructions: { kind: 'wait' },
      });
      expect(await verbs.query(order)).toEqual({ state: 'pending' });
      expect(await verbs.close(order)).toEqual({ state: 'open' });
      await scene.advance(2000);
    });
    const trade = { orderNo: order.orderNo, amountFen: 254_70, mchId: given.mchId };
    expect(heard).toMatchObject({ state: 'authentic', eventType: 'V2.PAP.SUCCESS', trade });
    expect(await verbs.query(order)).toMatchObject({ state: 'paid', trade });
    const paid = await verbs.paid(order);
    await scene.control('POST', 'faults', { at: 'refund', fault: 'refund-pending' });
    const refundNo = order.orderNo.slice(-30);
    expect(await verbs.refund(paid, { refundNo })).toEqual({ state: 'accepted' });
  });

  test('a payer without money is looked at, and the debit is over', async () => {
    const { mandateNo } = await signed();
    const outcome = 'no-money';
    await scene.control('POST', `wechat-pay/mandates/${mandateNo}/debits`, { outcome });
    const order = verbs.order({ product: 'debit', mandateNo });
    const heard = await scene.heardAfter(given, async () => {
      await verbs.prepay(order);
      await scene.advance(2000);
    });
    expect(heard).toMatchObject({ state: 'authentic', lookAt: { orderNo: order.orderNo } });
    expect(await verbs.query(order)).toEqual({ state: 'closed', reason: '用户余额不足，扣款失败' });
  });

  test.each([
    ['bad-signature', 'bad-signature'],
    ['body-changed', 'bad-signature'],
    ['wrong-merchant', 'foreign-merchant'],
    ['wrong-appid', 'foreign-app'],
    ['huge-body', 'too-large'],
  ])('a notice of a debit with %s is refused: %s', async (fault, reason) => {
    const { mandateNo } = await signed();
    const order = verbs.order({ product: 'debit', mandateNo });
    await scene.heardAfter(given, async () => {
      await verbs.prepay(order);
      await scene.advance(2000);
    });
    expect(await scene.notificationOf(given, order.orderNo, fault)).toEqual({
      state: 'refused',
      reason,
    });
  });

  test.each(['unavailable', 'connection-lost-after', 'unsigned', 'bad-signature', 'body-changed'])(
    '%s leaves a debit and its query unknown',
    async (fault) => {
      const { mandateNo } = await signed();
      const order = verbs.order({ product: 'debit', mandateNo });
      await scene.arm('prepay', fault);
      expect(await verbs.prepay(order)).toMatchObject({ state: 'unknown' });
      await scene.arm('query', fault);
      expect(await verbs.query(order)).toMatchObject({ state: 'unknown' });
    },
  );

  test('a second debit needs a notice a day ahead', async () => {
    const { mandateNo } = await signed();
    const first = verbs.order({ product: 'debit', mandateNo });
    await verbs.prepay(first);
    await scene.advance(2000);
    const next = verbs.order({ product: 'debit', mandateNo });
    expect(await verbs.prepay(next)).toMatchObject({ state: 'refused', code: 'RULELIMIT' });
    const debitOn = dayOf(new Date(scene.system.clock.now().getTime() + 2 * dayMs));
    const told = await announceDebit(scene.system.deps, {
      ...named(mandateNo),
      amountFen: fen(254_70),
      debitOn,
    });
    expect(told).toMatchObject(
      partner ? { state: 'refused', code: 'PARTNER_UNSUPPORTED' } : { state: 'done' },
    );
  });
});
