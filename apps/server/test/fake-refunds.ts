import { fen } from '@wuye-pay/money';
import type {
  ChannelRefund,
  ChannelTrade,
  MerchantAccount,
  RefundOrder,
  RefundResult,
  RefundState,
} from '../src/modules/channels/index.ts';

interface FakeRefund {
  readonly refundNo: string;
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly amountFen: number;
  state: 'pending' | 'refunded' | 'failed';
  refund: ChannelRefund | undefined;
}

/** What the fake channel knows of money that it gives back: a book of its own. */
export interface FakeRefunds {
  readonly refunds: ReadonlyMap<string, FakeRefund>;
  /** Whether a request is done at once, or taken and done later. */
  refundMode: 'at-once' | 'later';
  /** What it gave back and did not get back. */
  refundedFen(): number;
  /** A refund that was taken comes to its end. @returns what its notice says */
  finishRefund(refundNo: string, change?: { amountFen?: number }): ChannelRefund;
  /** A refund moves nothing in the end; one that had succeeded bounces. */
  failRefund(refundNo: string): void;
  /** Somebody refunds in the provider's own console. @returns what its notice says */
  refundInConsole(orderNo: string, amountFen: number): ChannelRefund;
  /** A payer's code is reversed (撤销) after it was paid: all goes back, under no other number. */
  reverse(orderNo: string): void;
}

interface Book {
  readonly account: MerchantAccount;
  readonly now: () => Date;
  readonly trades: () => readonly ChannelTrade[];
}

export function fakeRefunds({ account, now, trades }: Book) {
  const refunds = new Map<string, FakeRefund>();
  let count = 0;
  const refundedOf = (tradeNo: string) =>
    [...refunds.values()]
      .filter((one) => one.tradeNo === tradeNo && one.state !== 'failed')
      .reduce((all, one) => all + one.amountFen, 0);

  function done(one: FakeRefund, amountFen = one.amountFen): ChannelRefund {
    count += 1;
    const channelRefundNo = `50300${String(count).padStart(23, '0')}`;
    const { refundNo, orderNo } = one;
    const refund: ChannelRefund = {
      channel: account.channel,
      merchantAccountId: account.id,
      orderNo,
      refundNo,
      channelRefundNo,
      amountFen: fen(amountFen),
      refundedAt: now(),
      raw: JSON.stringify({ out_refund_no: refundNo, refund_id: channelRefundNo, amountFen }),
    };
    Object.assign(one, { state: 'refunded', refund, amountFen });
    return refund;
  }
  function known(refundNo: string): FakeRefund {
    const one = refunds.get(refundNo);
    if (!one) throw new Error(`no refund ${refundNo} at the channel`);
    return one;
  }

  const state: FakeRefunds = {
    refunds,
    refundMode: 'later',
    refundedFen: () =>
      [...refunds.values()]
        .filter((one) => one.state === 'refunded')
        .reduce((all, one) => all + one.amountFen, 0),
    finishRefund(refundNo, change = {}) {
      const one = known(refundNo);
      return one.refund && change.amountFen === undefined
        ? one.refund
        : done(one, change.amountFen);
    },
    failRefund: (refundNo) => void Object.assign(known(refundNo), { state: 'failed' }),
    refundInConsole(orderNo, amountFen) {
      const trade = trades().find((one) => one.orderNo === orderNo);
      const refundNo = `console${String(refunds.size + 1).padStart(10, '0')}`;
      const one = { refundNo, orderNo, tradeNo: trade?.tradeNo ?? '', amountFen };
      refunds.set(refundNo, { ...one, state: 'pending', refund: undefined });
      return done(known(refundNo));
    },
    reverse(orderNo) {
      const { tradeNo = '', amountFen = 0 } = trades().find((one) => one.orderNo === orderNo) ?? {};
      const one = { refundNo: orderNo, orderNo, tradeNo, amountFen };
      refunds.set(orderNo, { ...one, state: 'pending', refund: undefined });
      done(known(orderNo));
    },
  };

  /** The same number again is the same refund; more than was paid is refused. */
  function refund(order: RefundOrder): RefundResult {
    const one = refunds.get(order.refundNo);
    if (one) return answerOf(one);
    const trade = trades().find(({ tradeNo }) => tradeNo === order.order.tradeNo);
    if (!trade) return { state: 'refused', code: 'RESOURCE_NOT_EXISTS', message: '订单不存在' };
    if (refundedOf(trade.tradeNo) + order.amountFen > trade.amountFen) {
      return { state: 'refused', code: 'INVALID_REQUEST', message: '退款金额超过可退金额' };
    }
    const { refundNo, amountFen } = order;
    const made = { refundNo, orderNo: trade.orderNo, tradeNo: trade.tradeNo, amountFen };
    refunds.set(refundNo, { ...made, state: 'pending', refund: undefined });
    if (state.refundMode === 'at-once') done(known(refundNo));
    return answerOf(known(refundNo));
  }
  function answerOf(one: FakeRefund): RefundResult {
    if (one.state === 'refunded' && one.refund) return { state: 'refunded', refund: one.refund };
    return { state: 'accepted' };
  }
  function look(refundNo: string): RefundState {
    const one = refunds.get(refundNo);
    if (!one) return { state: 'not-found' };
    if (one.state === 'failed')
      return { state: 'failed', code: 'ABNORMAL', message: '银行卡已注销' };
    return one.refund ? { state: 'refunded', refund: one.refund } : { state: 'pending' };
  }
  return { state, refund, look };
}
