import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type GivenMerchantAccount,
  givenMerchantAccount,
} from '../../apps/server/test/channels-builders.ts';
import { startScene } from './wechat-pay-scene.ts';
import { type Verbs, verbsOf } from './wechat-pay-verbs.ts';

const dayMs = 24 * 3_600_000;

let scene: Awaited<ReturnType<typeof startScene>>;
let day: string;

/** The day in Beijing of an instant. */
const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

interface Told {
  readonly lines: readonly {
    readonly kind: string;
    readonly outTradeNo: string;
    readonly tradeNo: string;
    readonly outRefundNo: string | null;
    readonly amountFen: number;
    readonly feeYuan: string;
  }[];
  readonly totalFen: number;
  readonly refundedFen: number;
  readonly feeYuan: string;
}

/** Three payments, a partial refund and a reversed payment code, all of one day. */
async function trade(verbs: Verbs): Promise<void> {
  for (const amountFen of [254_70, 1, 99_999_99]) {
    const order = verbs.order({ product: 'native', amountFen });
    await verbs.prepay(order);
    const outcome = 'paid-no-notification';
    await scene.control('POST', 'wechat-pay/pay', { outTradeNo: order.orderNo, outcome });
    const paid = await verbs.paid(order);
    if (amountFen === 254_70) {
      await verbs.refund(paid, { refundNo: `${order.orderNo}R`.slice(-32), amountFen: 54_70 });
    }
  }
}

async function reverse(verbs: Verbs): Promise<void> {
  const { authCode } = await scene.control<{ authCode: string }>('POST', 'wechat-pay/codes', {});
  const code = verbs.order({ product: 'code', authCode });
  await verbs.prepay(code);
  await scene.advance(15_000);
  expect(await verbs.close(code)).toEqual({ state: 'closed' });
}

let direct: { given: GivenMerchantAccount; verbs: Verbs };
let served: { given: GivenMerchantAccount; verbs: Verbs };
beforeAll(async () => {
  scene = await startScene();
  const { simulatorUrl } = scene;
  const withVerbs = (given: GivenMerchantAccount) => ({
    given,
    verbs: verbsOf(scene.system, given),
  });
  direct = withVerbs(await givenMerchantAccount(scene.system, { simulatorUrl }));
  served = withVerbs(await givenMerchantAccount(scene.system, { simulatorUrl, partner: 'plain' }));
  await keepWithinOneDay();
  day = dayOf(scene.system.clock.now());
  await trade(direct.verbs);
  await trade(served.verbs);
  await reverse(direct.verbs);
});
afterEach(() => scene.control('DELETE', 'faults'));
afterAll(() => scene.close());

/** Near midnight in Beijing the scene would spread over two days. */
async function keepWithinOneDay(): Promise<void> {
  const now = scene.system.clock.now();
  const soon = new Date(now.getTime() + 5 * 60_000);
  if (dayOf(now) !== dayOf(soon)) await scene.advance(6 * 60_000);
}

test('today’s statement does not exist yet', async () => {
  expect(await direct.verbs.statement(day)).toEqual({ state: 'none' });
});

describe('the next day', () => {
  beforeAll(async () => {
    await scene.advance(dayMs + 12 * 3_600_000);
  });

  test('a day of which nothing is known has no statement', async () => {
    expect(await direct.verbs.statement('2020-01-01')).toMatchObject({ state: 'none' });
  });

  test.each(['direct', 'served'] as const)('every line is there, to the fen: %s', async (whose) => {
    const { given, verbs } = whose === 'direct' ? direct : served;
    const sub = given.subMchId === null ? '' : `&subMchid=${given.subMchId}`;
    const told = await scene.control<Told>(
      'GET',
      `wechat-pay/statement?mchid=${given.mchId}&day=${day}${sub}`,
    );
    const result = await verbs.statement(day);
    if (result.state !== 'ready') throw new Error(JSON.stringify(result));
    const { lines, totals, file } = result.statement;
    expect(
      lines.map((line) => ({
        kind: line.kind,
        outTradeNo: line.orderNo,
        tradeNo: line.tradeNo,
        outRefundNo: line.refundNo || null,
        amountFen: line.amountFen,
        feeYuan: line.feeYuan,
      })),
    ).toEqual(told.lines);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    expect(totals).toMatchObject({ paymentFen: told.totalFen, refundFen: told.refundedFen });
    expect(Number(totals.feeYuan)).toBe(Number(told.feeYuan));
    expect(file.toString('utf8')).toContain('总交易单数');
  });

  test('the flow of the balance is read, and a partner’s is nobody’s here', async () => {
    const result = await direct.verbs.statement(day, 'fund');
    if (result.state !== 'ready') throw new Error(JSON.stringify(result));
    const { lines, totals } = result.statement;
    expect(totals.paymentCount).toBe(4);
    expect(lines.filter(({ kind }) => kind === 'other').every((one) => one.amountFen < 0)).toBe(
      true,
    );
    expect(await served.verbs.statement(day, 'fund')).toEqual({ state: 'unsupported' });
  });

  test.each([
    ['statement-bad-hash', 'broken'],
    ['statement-truncated', 'broken'],
    ['statement-wrong-total', 'broken'],
    ['statement-not-ready', 'not-ready'],
    ['unsigned', 'unknown'],
    ['bad-signature', 'unknown'],
    ['body-changed', 'unknown'],
    ['unparsable', 'unknown'],
    ['server-error', 'unknown'],
    ['connection-lost-after', 'unknown'],
  ])('%s: %s', async (fault, state) => {
    for (const kind of ['trade', 'fund'] as const) {
      await scene.arm('statement', fault);
      expect(await direct.verbs.statement(day, kind)).toMatchObject({ state });
    }
  });

  test('the file itself is not kept among the messages, nor is its address', async () => {
    const offers = JSON.stringify(await direct.verbs.messages('statement'));
    expect(offers).toContain('"download_url');
    expect(offers).not.toMatch(/token=[^…]{4}/);
    const files = await direct.verbs.messages('statement-file');
    expect(files.at(-1)?.request).toMatch(/token=…/);
    expect(files.at(-1)?.response).toMatch(/bytes, SHA-256/);
  });
});
