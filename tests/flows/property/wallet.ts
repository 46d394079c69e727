import { type Fen, fen } from '@wuye-pay/money';
import type {
  ChannelRefund,
  ChannelTrade,
  CloseResult,
  MerchantAccount,
  PrepayResult,
  RefundOrder,
  RefundResult,
  RefundState,
  TradeState,
} from '../../../apps/server/src/modules/channels/index.ts';
import type { Clock } from '../../../apps/server/src/platform/clock.ts';
import { RefundBook } from './refund-book.ts';

export type Verb = 'prepay' | 'query' | 'close' | 'refund' | 'refund-query';

/** What goes wrong with one call: before the channel took it, after, or with a no of its own. */
export type CallFault = 'lost-before' | 'lost-after' | 'refused' | 'gone';

/** A clear word about an order: only after one may our books end it. */
type ClearWord = 'paid' | 'closed' | 'not-found' | 'refused';

interface WalletOrder {
  readonly orderNo: string;
  readonly amountFen: Fen;
  state: 'unpaid' | 'paid' | 'closed';
  trade: ChannelTrade | undefined;
}

/** A notice of the channel, authentic by being in this list. */
export type WalletNotice =
  | { readonly kind: 'trade'; readonly trade: ChannelTrade }
  | { readonly kind: 'refund'; readonly refund: ChannelRefund }
  /** No more than "look there": a refund of ours failed, or its money came back. */
  | { readonly kind: 'look'; readonly orderNo: string; readonly refundNo: string };

/**
 * A wallet's side of the business, with a book of its own that our books are held against. It
 * shares nothing with the machine and cannot be killed with it.
 */
export class Wallet {
  readonly account: MerchantAccount;
  readonly orders = new Map<string, WalletOrder>();
  readonly refundBook: RefundBook;
  /** Money for orders that it never placed, and second payments of one order. */
  readonly extra: ChannelTrade[] = [];
  /** Every clear word that it said about an order. */
  readonly said = new Map<string, Set<ClearWord>>();
  /** Called before the channel looks at a call: to make a payer pay in between. */
  before: ((verb: Verb, orderNo: string) => void) | undefined;
  readonly #clock: Clock;
  readonly #faults: { verb: Verb; fault: CallFault }[] = [];
  #numbers = 0;

  constructor(account: MerchantAccount, clock: Clock) {
    this.account = account;
    this.refundBook = new RefundBook(account, clock);
    this.#clock = clock;
  }

  trades(): ChannelTrade[] {
    return [...this.orders.values()].flatMap(({ trade }) => trade ?? []).concat(this.extra);
  }

  collectedFen(): number {
    return this.trades().reduce((all, { amountFen }) => all + amountFen, 0);
  }

  fail(verb: Verb, fault: CallFault): void {
    this.#faults.push({ verb, fault });
  }

  clearFaults(): void {
    this.#faults.length = 0;
    this.before = undefined;
    this.refundBook.mood = 'at-once';
  }

  /** The payer pays an order, whatever its state, as a late success does. */
  pay(orderNo: string, change: { amountFen?: number; again?: boolean } = {}): ChannelTrade {
    const order = this.orders.get(orderNo);
    if (!order) throw new Error(`no order ${orderNo} at the channel`);
    if (order.trade && !change.again) return order.trade;
    const paid = this.#trade(orderNo, change.amountFen ?? order.amountFen);
    if (order.trade) this.extra.push(paid);
    else Object.assign(order, { state: 'paid', trade: paid });
    return paid;
  }

  /** For an order that this wallet never placed. */
  payUnknown(orderNo: string, amountFen: number): ChannelTrade {
    const paid = this.#trade(orderNo, amountFen);
    this.extra.push(paid);
    return paid;
  }

  notices(): WalletNotice[] {
    return [
      ...this.trades().map((trade) => ({ kind: 'trade', trade }) as const),
      ...[...this.refundBook.refunds.values()].flatMap(({ state, told }): WalletNotice[] => {
        if (state === 'pending') return [];
        const { orderNo, refundNo } = told;
        return [
          state === 'refunded'
            ? { kind: 'refund', refund: told }
            : { kind: 'look', orderNo, refundNo },
        ];
      }),
    ];
  }

  prepay(order: { orderNo: string; amountFen: Fen }): PrepayResult {
    const unknown = { state: 'unknown', reason: 'timeout' } as const;
    const refused = { state: 'refused', code: 'PARAM_ERROR', message: '参数错误' } as const;
    return this.#call<PrepayResult>(
      'prepay',
      order.orderNo,
      { unknown, refused, gone: unknown },
      () => {
        const known = this.orders.get(order.orderNo);
        if (known && known.state !== 'unpaid') {
          return { state: 'refused', code: 'ORDERPAID', message: '订单已支付或关闭' };
        }
        if (!known) this.orders.set(order.orderNo, { ...order, state: 'unpaid', trade: undefined });
        const codeUrl = `pay://${order.orderNo}`;
        return { state: 'accepted', instructions: { kind: 'native', codeUrl } };
      },
    );
  }

  query(orderNo: string): TradeState {
    const unknown = { state: 'unknown', reason: 'timeout' } as const;
    const odd = { unknown, refused: unknown, gone: { state: 'not-found' } as const };
    const answer = this.#call<TradeState>('query', orderNo, odd, () => {
      const order = this.orders.get(orderNo);
      if (!order) return { state: 'not-found' };
      if (order.trade && order.state === 'paid') return { state: 'paid', trade: order.trade };
      return order.state === 'closed' ? { state: 'closed' } : { state: 'pending' };
    });
    this.#note(orderNo, answer.state);
    return answer;
  }

  close(orderNo: string): CloseResult {
    const unknown = { state: 'unknown', reason: 'timeout' } as const;
    const odd = { unknown, refused: unknown, gone: { state: 'not-found' } as const };
    const answer = this.#call<CloseResult>('close', orderNo, odd, () => {
      const order = this.orders.get(orderNo);
      if (!order) return { state: 'not-found' };
      if (order.state === 'paid') return { state: 'paid' };
      order.state = 'closed';
      return { state: 'closed' };
    });
    this.#note(orderNo, answer.state);
    return answer;
  }

  refund(wanted: RefundOrder): RefundResult {
    const unknown = { state: 'unknown', reason: 'timeout' } as const;
    const refused = { state: 'refused', code: 'NOT_ENOUGH', message: '余额不足' } as const;
    const odd = { unknown, refused, gone: unknown };
    const answer = this.#call<RefundResult>('refund', wanted.order.orderNo, odd, () => {
      const { tradeNo } = wanted.order;
      const trade = this.trades().find((one) => one.tradeNo === tradeNo);
      return this.refundBook.take(wanted, trade);
    });
    this.refundBook.note(wanted.refundNo, answer.state);
    return answer;
  }

  queryRefund(refundNo: string, orderNo: string): RefundState {
    const unknown = { state: 'unknown', reason: 'timeout' } as const;
    const odd = { unknown, refused: unknown, gone: unknown };
    const answer = this.#call<RefundState>('refund-query', orderNo, odd, () =>
      this.refundBook.query(refundNo),
    );
    this.refundBook.note(refundNo, answer.state);
    return answer;
  }

  #call<Answer>(
    verb: Verb,
    orderNo: string,
    odd: { unknown: Answer; refused: Answer; gone: Answer },
    work: () => Answer,
  ): Answer {
    this.before?.(verb, orderNo);
    const index = this.#faults.findIndex((one) => one.verb === verb);
    const fault = index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
    if (fault === 'lost-before') return odd.unknown;
    if (fault === 'refused') return odd.refused;
    if (fault === 'gone') return odd.gone;
    const answer = work();
    return fault === 'lost-after' ? odd.unknown : answer;
  }

  #trade(orderNo: string, amountFen: number): ChannelTrade {
    this.#numbers += 1;
    const { mchId, appId, id, channel } = this.account;
    const tradeNo = `4${id.slice(-6)}${String(this.#numbers).padStart(6, '0')}`;
    return {
      channel,
      merchantAccountId: id,
      orderNo,
      tradeNo,
      amountFen: fen(amountFen),
      currency: 'CNY',
      mchId,
      appId,
      paidAt: this.#clock.now(),
      raw: JSON.stringify({ orderNo, tradeNo, amountFen }),
    };
  }

  #note(orderNo: string, state: TradeState['state'] | CloseResult['state']): void {
    if (state === 'pending' || state === 'unknown' || state === 'open') return;
    this.said.set(orderNo, (this.said.get(orderNo) ?? new Set<ClearWord>()).add(state));
  }
}
