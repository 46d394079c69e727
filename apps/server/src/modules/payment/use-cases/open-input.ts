import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import type { Product } from '../../channels/index.ts';

/** What somebody wants to pay, and how. */
export interface OpenInput {
  readonly companyId: string;
  /** The home that the payment is filed under. */
  readonly unitId: string;
  /** Homes besides, whose bills are paid with it; their money goes into the same account. */
  readonly furtherUnitIds?: readonly string[];
  readonly billIds: readonly string[];
  /** Bills of which only this much is to be paid, by id; the others whole. */
  readonly partsFen?: ReadonlyMap<string, number>;
  /** To be paid ahead for the home. */
  readonly topUpFen?: Fen;
  /** What somebody told the payer: bills that come to another amount meanwhile are refused. */
  readonly amountFen?: number;
  readonly payer: {
    /** By which the money comes. */
    readonly channel: string;
    /** The payer's id at the channel's app; `jsapi` and `mini-program` need it. */
    readonly openId?: string;
    /** The app at which `openId` is good. */
    readonly appId?: string;
    /** Tells payers apart: the same key is the same payer. */
    readonly key: string;
    /** Whose takeovers are counted, where anybody can call themselves by a new key. */
    readonly limitKey?: string;
  };
  readonly product: Product;
  readonly source: 'cashier' | 'desk' | 'resident' | 'autopay';
  /** Of the payer's device, the same on every retry: it gives the same payment, also when paid. */
  readonly idempotencyKey?: string;
  /** What the payer's wallet showed to the desk, for `code`; never stored. */
  readonly authCode?: string;
  /** Ours, for `debit`. */
  readonly mandateNo?: string;
  /** The account with which the mandate is: bills that go elsewhere by now are not debited. */
  readonly merchantAccountId?: string;
  /** The caller's part of the transaction that records the payment; what it throws undoes both. */
  readonly alongside?: (
    tx: Tx,
    opened: { readonly paymentId: string; readonly amountFen: Fen },
  ) => Promise<void>;
  readonly payerIp?: string;
  /** Where a browser comes back to from the channel's pages. */
  readonly returnUrlOf?: (paymentId: string) => string;
}
