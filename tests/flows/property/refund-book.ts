import { type Fen, fen } from '@wuye-pay/money';
import type {
  ChannelRefund,
  ChannelTrade,
  MerchantAccount,
  RefundOrder,
  RefundResult,
  RefundState,
} from '../../../apps/server/src/modules/channels/index.ts';
import type { Clock } from '../../../apps/server/src/platform/clock.ts';

/** How the wallet deals with refunds from now on. `one-fen-less`: it gives less than it was asked. */
export type RefundMood = 'at-once' | 'later' | 'fails-later' | 'refuses' | 'one-fen-less';

export type RefundWord = 'refunded' | 'failed' | 'refused' | 'not-found';

export interface WalletRefund {
  readonly tradeNo: string;
  /** `bounced`: it succeeded, and the money came back. */
  state: 'pending' | 'refunded' | 'failed' | 'bounced';
  /** What it becomes when the wallet gets round to it. */
  readonly fate: 'refunded' | 'failed';
  /** What the wallet says of it once it is done. */
  readonly told: ChannelRefund;
}

/** What a wallet gave back, to the fen: ours and what its merchant gave back without us. */
export class RefundBook {
  readonly refunds = new Map<string, WalletRefund>();
  /** Every clear word about a refund number. */
  readonly said = new Map<string, Set<RefundWord>>();
  mood: RefundMood = 'at-once';
  readonly #account: MerchantAccount;
  readonly #clock: Clock;

  constructor(account: MerchantAccount, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  /** Of all trades, or of one. */
  refundedFen(tradeNo?: string): number {
    const given = [...this.refunds.values()].filter(
      (one) => one.state === 'refunded' && (tradeNo ?? one.tradeNo) === one.tradeNo,
    );
    return given.reduce((all, { told }) => all + told.amountFen, 0);
  }

  /** The wallet keeps to one refund a number, and never gives more than it collected. */
  take(wanted: RefundOrder, trade: ChannelTrade | undefined): RefundResult {
    const refused = { state: 'refused', code: 'NOT_ENOUGH', message: '余额不足' } as const;
    const known = this.refunds.get(wanted.refundNo);
    if (known) return answerOf(known);
    if (!trade || this.mood === 'refuses') return refused;
    const { amountFen, refundNo } = wanted;
    if (amountFen > this.#left(trade)) return refused;
    const isLess = this.mood === 'one-fen-less' && amountFen > 1;
    const given = isLess ? fen(amountFen - 1) : amountFen;
    return answerOf(this.#enter(refundNo, trade, given));
  }

  /** Given back in the wallet's own console. */
  unasked(trade: ChannelTrade, amountFen: number): void {
    if (amountFen > this.#left(trade)) return;
    const refundNo = `X${this.refunds.size}${trade.tradeNo}`;
    this.#enter(refundNo, trade, fen(amountFen)).state = 'refunded';
  }

  query(refundNo: string): RefundState {
    const refund = this.refunds.get(refundNo);
    if (!refund) return { state: 'not-found' };
    if (refund.state === 'pending') return { state: 'pending' };
    return refund.state === 'refunded'
      ? { state: 'refunded', refund: refund.told }
      : { state: 'failed', code: 'CLOSED', message: '退款关闭' };
  }

  note(refundNo: string, state: RefundState['state'] | RefundResult['state']): void {
    if (state === 'pending' || state === 'unknown' || state === 'accepted') return;
    this.said.set(refundNo, (this.said.get(refundNo) ?? new Set<RefundWord>()).add(state));
  }

  /** The wallet gets round to a refund that it took. */
  progress(refundNo: string): void {
    const refund = this.refunds.get(refundNo);
    if (refund?.state === 'pending') refund.state = refund.fate;
  }

  /** The payer's card is closed: the money comes back, days later. */
  bounce(refundNo: string): void {
    const refund = this.refunds.get(refundNo);
    if (refund?.state === 'refunded') refund.state = 'bounced';
  }

  #left({ tradeNo, amountFen }: ChannelTrade): number {
    const taken = [...this.refunds.values()].filter(
      (one) => one.tradeNo === tradeNo && (one.state === 'refunded' || one.state === 'pending'),
    );
    return amountFen - taken.reduce((all, { told }) => all + told.amountFen, 0);
  }

  #enter(refundNo: string, { tradeNo, orderNo }: ChannelTrade, amountFen: Fen): WalletRefund {
    const { channel, id: merchantAccountId } = this.#account;
    const raw = JSON.stringify({ refundNo, amountFen });
    const times = { refundedAt: this.#clock.now(), channelRefundNo: `R${refundNo}` };
    const told = { channel, merchantAccountId, orderNo, refundNo, amountFen, raw, ...times };
    const isLater = this.mood === 'later' || this.mood === 'fails-later';
    const refund: WalletRefund = {
      tradeNo,
      told,
      fate: this.mood === 'fails-later' ? 'failed' : 'refunded',
      state: isLater ? 'pending' : 'refunded',
    };
    this.refunds.set(refundNo, refund);
    return refund;
  }
}

function answerOf({ state, told }: WalletRefund): RefundResult {
  if (state === 'refunded') return { state: 'refunded', refund: told };
  return state === 'pending'
    ? { state: 'accepted' }
    : { state: 'refused', code: 'CLOSED', message: '退款已关闭' };
}
