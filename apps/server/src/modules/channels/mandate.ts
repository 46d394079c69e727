import type { Fen } from '@wuye-pay/money';
import type { ChannelContext } from './context.ts';
import type { PayInstructions } from './order.ts';

/** The payer agreed to be debited, or ended it. */
export interface MandateNews {
  /** Our own number. */
  readonly mandateNo: string;
  /** The channel's number; debits name it. */
  readonly channelMandateNo: string;
  readonly state: 'active' | 'ended';
  readonly payerOpenId?: string;
  readonly at: Date;
}

/** What the payer is asked to agree to. */
export interface MandateOrder {
  /** Ours: letters and digits, at most 32. */
  readonly mandateNo: string;
  /** What the wallet shows: whose home is paid for. */
  readonly displayName: string;
  /** Most that one debit may take. */
  readonly limitFen: Fen;
  /** First day on which a debit may come: YYYY-MM-DD. */
  readonly firstDebitOn: string;
  readonly payerOpenId?: string;
  readonly payerIp?: string;
  readonly returnUrl: string;
  /** The payer is led there by a mini-program of the wallet, not by a page. */
  readonly isMiniProgram?: boolean;
  readonly requestedAt: Date;
}

export type MandateRequestResult =
  | { readonly state: 'accepted'; readonly instructions: PayInstructions }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  | { readonly state: 'unknown'; readonly reason: string };

export type MandateState =
  | { readonly state: 'known'; readonly mandate: MandateNews }
  | { readonly state: 'pending' }
  | { readonly state: 'not-found' }
  | { readonly state: 'unknown'; readonly reason: string };

export type MandateAnswer =
  | { readonly state: 'done' }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** Standing agreements to be debited (委托代扣, 周期扣款). A debit itself is an order of `debit`. */
export interface MandateVerbs {
  sign(context: ChannelContext, order: MandateOrder): Promise<MandateRequestResult>;
  query(context: ChannelContext, mandateNo: string): Promise<MandateState>;
  /** Tells the payer of a debit to come, where the channel wants it told through itself. */
  announceDebit?(
    context: ChannelContext,
    debit: { readonly channelMandateNo: string; readonly amountFen: Fen; readonly debitOn: string },
  ): Promise<MandateAnswer>;
  end(
    context: ChannelContext,
    mandate: {
      readonly mandateNo: string;
      readonly channelMandateNo: string;
      readonly reason: string;
    },
  ): Promise<MandateAnswer>;
}
