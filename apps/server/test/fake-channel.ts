import { type Fen, fen } from '@wuye-pay/money';
import type {
  ChannelTrade,
  CloseResult,
  MerchantAccount,
  NotificationReading,
  PayInstructions,
  PrepayResult,
  Product,
  RefundResult,
  RefundState,
  TradeState,
} from '../src/modules/channels/index.ts';
import type { ChannelsDoor } from '../src/modules/payment/index.ts';
import { newId } from '../src/platform/id.ts';
import { type FakeRefunds, fakeRefunds } from './fake-refunds.ts';
import type { TestSystem } from './harness.ts';

/** What goes wrong with one call: before the channel took it, or after. */
export type CallFault = 'lost-before' | 'lost-after' | 'refused' | 'gone';

export type FakeVerb = 'prepay' | 'query' | 'close' | 'refund' | 'refund-query';

interface FakeOrder {
  readonly orderNo: string;
  readonly amountFen: Fen;
  readonly expiresAt: Date;
  readonly placed: number;
  state: 'unpaid' | 'paid' | 'closed';
  trade: ChannelTrade | undefined;
}

/** A channel in memory that keeps its own book, to be compared with ours. */
export interface FakeChannel extends ChannelsDoor, FakeRefunds {
  readonly account: MerchantAccount;
  readonly orders: ReadonlyMap<string, FakeOrder>;
  /** Every trade that it collected money for. */
  trades(): readonly ChannelTrade[];
  /** What it collected; our channel account must come to the same. */
  collectedFen(): number;
  /** The payer pays an order, whatever its state, as a late success does. */
  pay(orderNo: string, change?: { amountFen?: number; again?: boolean }): ChannelTrade;
  /** Money for an order that we never made. */
  payUnknown(orderNo: string, amountFen: number): ChannelTrade;
  /** The next call of a kind goes wrong. */
  fail(verb: FakeVerb, fault: CallFault): void;
  /** From now on everything goes right. */
  clearFaults(): void;
  /** Called before the channel looks at a call: to make things happen in between. */
  before: ((verb: FakeVerb, orderNo: string) => Promise<void>) | undefined;
  /** Called after it did and before its answer arrives. */
  after: ((verb: FakeVerb, orderNo: string) => Promise<void>) | undefined;
  /** How often each verb was called. */
  readonly calls: Record<FakeVerb, number>;
}

export function fakeChannel(system: TestSystem, companyId: string): FakeChannel {
  const orders = new Map<string, FakeOrder>();
  const extra: ChannelTrade[] = [];
  const faults: { verb: string; fault: CallFault }[] = [];
  const account = fakeAccount(system, companyId);
  const calls = { prepay: 0, query: 0, close: 0, refund: 0, 'refund-query': 0 };
  let tradeCount = 0;

  function trade(orderNo: string, amountFen: number): ChannelTrade {
    tradeCount += 1;
    const tradeNo = `42000${String(tradeCount).padStart(23, '0')}`;
    const { mchId, appId, id } = account;
    const paidAt = system.clock.now();
    return {
      channel: 'wechat-pay',
      merchantAccountId: id,
      orderNo,
      tradeNo,
      amountFen: fen(amountFen),
      currency: 'CNY',
      mchId,
      appId,
      payerOpenId: 'oFake0001',
      paidAt,
      raw: JSON.stringify({ out_trade_no: orderNo, transaction_id: tradeNo, total: amountFen }),
    };
  }
  function take(verb: string): CallFault | undefined {
    const index = faults.findIndex((one) => one.verb === verb);
    return index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
  }
  async function call<Answer>(
    verb: FakeVerb,
    orderNo: string,
    work: () => Answer,
    odd: { refused: Answer; gone: Answer; unknown: Answer },
  ): Promise<Answer> {
    calls[verb] += 1;
    await channel.before?.(verb, orderNo);
    const fault = take(verb);
    if (fault === 'lost-before') return odd.unknown;
    if (fault === 'refused') return odd.refused;
    if (fault === 'gone') return odd.gone;
    const answer = work();
    await channel.after?.(verb, orderNo);
    return fault === 'lost-after' ? odd.unknown : answer;
  }
  const unknown = { state: 'unknown', reason: 'timeout' } as const;
  const back = fakeRefunds({
    account,
    now: () => system.clock.now(),
    trades: () => channel.trades(),
  });

  const channel: FakeChannel = Object.assign(back.state, {
    account,
    orders,
    calls,
    before: undefined,
    after: undefined,
    clearFaults: () => {
      faults.length = 0;
      channel.before = undefined;
      channel.after = undefined;
    },
    fail: (verb, fault) => void faults.push({ verb, fault }),
    trades: () => [...orders.values()].flatMap((o) => (o.trade ? [o.trade] : [])).concat(extra),
    collectedFen: () => channel.trades().reduce((all, one) => all + one.amountFen, 0),
    pay(orderNo, change = {}) {
      const order = orders.get(orderNo);
      if (!order) throw new Error(`no order ${orderNo} at the channel`);
      const paid = trade(orderNo, change.amountFen ?? order.amountFen);
      if (order.trade && change.again) extra.push(paid);
      else if (order.trade) return order.trade;
      else Object.assign(order, { state: 'paid', trade: paid });
      return paid;
    },
    payUnknown(orderNo, amountFen) {
      const paid = trade(orderNo, amountFen);
      extra.push(paid);
      return paid;
    },
    prepay: async (_deps, input) =>
      await call<PrepayResult>('prepay', input.orderNo, () => place(input), {
        unknown,
        gone: unknown,
        refused: { state: 'refused', code: 'PARAM_ERROR', message: '参数错误' },
      }),
    queryTrade: async (_deps, { orderNo }) =>
      await call<TradeState>('query', orderNo, () => look(orders.get(orderNo)), {
        unknown,
        refused: unknown,
        gone: { state: 'not-found' },
      }),
    closeTrade: async (_deps, { orderNo, product }) =>
      await call<CloseResult>('close', orderNo, () => end(orders.get(orderNo), product), {
        unknown,
        refused: unknown,
        gone: { state: 'not-found' },
      }),
    readNotification: async (_deps, { rawBody }) => readNews(channel, rawBody.toString()),
    routeFeeItems: async (_tx, { feeItemIds, ways }) => {
      const [way] = ways;
      return new Map(way ? feeItemIds.map((id) => [id, { account, way }]) : []);
    },
    channelsOfCode: (code) => (/^1[0-5]\d{16}$/.test(code) ? ['wechat-pay'] : []),
    refundTrade: async (_deps, input) =>
      await call<RefundResult>('refund', input.order.orderNo, () => back.refund(input), {
        unknown,
        gone: unknown,
        refused: { state: 'refused', code: 'NOT_ENOUGH', message: '商户余额不足' },
      }),
    queryRefund: async (_deps, input) =>
      await call<RefundState>(
        'refund-query',
        input.order.orderNo,
        () => back.look(input.refundNo),
        {
          unknown,
          refused: unknown,
          gone: { state: 'not-found' },
        },
      ),
  } satisfies Omit<FakeChannel, keyof FakeRefunds>);

  function end(order: FakeOrder | undefined, product: Product): CloseResult {
    if (product !== 'code' || order?.state !== 'paid') return close(order);
    back.state.reverse(order.orderNo);
    order.state = 'closed';
    return { state: 'closed' };
  }
  function place(input: {
    orderNo: string;
    amountFen: Fen;
    expiresAt: Date;
    product: Product;
  }): PrepayResult {
    const known = orders.get(input.orderNo);
    if (known && known.state !== 'unpaid') {
      return { state: 'refused', code: 'ORDERPAID', message: '订单已支付' };
    }
    const placed = (known?.placed ?? 0) + 1;
    const { orderNo, amountFen, expiresAt } = input;
    const order = { orderNo, amountFen, expiresAt, placed, state: 'unpaid' } as const;
    orders.set(orderNo, { ...order, trade: undefined });
    return { state: 'accepted', instructions: instructionsOf(input.product, orderNo, placed) };
  }
  return channel;
}

/** A body says what it is about word for word; what the channel never said is forged. */
function readNews(channel: FakeChannel, body: string): NotificationReading {
  const known = { state: 'authentic', merchantAccountId: channel.account.id } as const;
  const trade = channel.trades().find(({ raw }) => raw === body);
  if (trade) {
    const notificationId = `EV-${trade.tradeNo}`;
    return { ...known, notificationId, eventType: 'TRANSACTION.SUCCESS', trade };
  }
  const refund = [...channel.refunds.values()].find((one) => one.refund?.raw === body)?.refund;
  if (refund) {
    const notificationId = `EV-${refund.refundNo}`;
    return { ...known, notificationId, eventType: 'REFUND.SUCCESS', refund };
  }
  if (!body.startsWith('{"lookAt"')) return { state: 'refused', reason: 'bad-signature' };
  const { lookAt } = JSON.parse(body) as { lookAt: { orderNo: string; refundNo?: string } };
  return { ...known, notificationId: `EV-${lookAt.orderNo}`, eventType: 'REFUND.ABNORMAL', lookAt };
}

function look(order: FakeOrder | undefined): TradeState {
  if (!order) return { state: 'not-found' };
  if (order.trade && order.state === 'paid') return { state: 'paid', trade: order.trade };
  return order.state === 'closed' ? { state: 'closed' } : { state: 'pending' };
}

function close(order: FakeOrder | undefined): CloseResult {
  if (!order) return { state: 'not-found' };
  if (order.state === 'paid') return { state: 'paid' };
  order.state = 'closed';
  return { state: 'closed' };
}

function instructionsOf(product: string, orderNo: string, placed: number): PayInstructions {
  if (product === 'h5') return { kind: 'redirect', url: `https://pay.test/h5/${orderNo}` };
  if (product === 'page') {
    return { kind: 'form', action: 'https://pay.test/form', fields: { orderNo } };
  }
  if (product === 'native') return { kind: 'native', codeUrl: `weixin://pay/${orderNo}/${placed}` };
  return {
    kind: 'jsapi',
    params: {
      appId: 'wxfake00000001',
      timeStamp: '1',
      nonceStr: 'n',
      package: `prepay_id=wx${orderNo}`,
      signType: 'RSA',
      paySign: 'fake',
    },
  };
}

function fakeAccount(system: TestSystem, companyId: string): MerchantAccount {
  return {
    companyId,
    id: newId(system.clock.now()),
    number: 1,
    channel: 'wechat-pay',
    name: '测试商户',
    mchId: '1900000001',
    appId: 'wxfake00000001',
    subMchId: null,
    subAppId: null,
    endpoints: { base: 'http://localhost', login: '', authorize: '' },
    mode: 'public-key',
    state: 'active',
  };
}
