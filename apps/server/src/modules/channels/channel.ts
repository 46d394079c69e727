import type { Problem } from '../../platform/errors.ts';
import type { ChannelContext, Credentials, PlatformKey } from './context.ts';
import type { ChannelDescription } from './description.ts';
import type { LoginVerbs } from './login.ts';
import type { MandateVerbs } from './mandate.ts';
import type { Notice, NoticeAnswers, NoticeReading } from './notice.ts';
import type { CloseResult, Order, OrderRef, PrepayResult, TradeState } from './order.ts';
import type { KeyMode } from './product.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from './refund.ts';
import type { StatementRequest, StatementResult } from './statement.ts';

/** The whole of what an adapter takes and gives, in one place to import from. */
export type * from './context.ts';
export type * from './login.ts';
export type { MandateNews } from './mandate.ts';
export type * from './notice.ts';
export type * from './order.ts';
export type { ChannelName, KeyMode, Product } from './product.ts';

export type TestResult = { readonly ok: boolean; readonly code: string };

/** A channel adapter: it translates and nothing else. Registered in registry.ts. */
export interface Channel {
  readonly description: ChannelDescription;
  prepay(context: ChannelContext, order: Order): Promise<PrepayResult>;
  queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState>;
  closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult>;
  refundTrade(context: ChannelContext, refund: RefundOrder): Promise<RefundResult>;
  queryRefund(context: ChannelContext, refund: RefundRef): Promise<RefundState>;
  readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading>;
  readonly noticeAnswers: NoticeAnswers;
  /** Where notices come in more than one form, and each wants its own answers. */
  answersTo?(notice: Notice): NoticeAnswers;
  fetchStatement(context: ChannelContext, request: StatementRequest): Promise<StatementResult>;
  /** Where the wallet tells who pays. */
  readonly login?: LoginVerbs;
  /** Where payers can agree to be debited. */
  readonly mandates?: MandateVerbs;
  /** Keys that come with the credentials themselves: pasted, not downloaded. */
  trustedKeys(credentials: Credentials, mode: KeyMode): readonly PlatformKey[];
  /** Keys that the channel lets us download; undefined when it did not answer believably. */
  fetchKeys?(context: ChannelContext, serial?: string): Promise<readonly PlatformKey[] | undefined>;
  /** Whether a download can ever bring the key of this serial. */
  isDownloadable?(serial: string): boolean;
  /** Asks for an order that does not exist: a clear "not found" proves that our signature is good. */
  test(context: ChannelContext): Promise<TestResult>;
  /**
   * What is kept of secrets as they were pasted, before they are checked: a .pfx becomes PEM.
   * What it cannot read it leaves, for `checkCredentials` to name.
   */
  tidyCredentials?(credentials: Credentials): Credentials;
  /** What is wrong with the secrets of an account, in words for whoever pasted them. */
  checkCredentials(credentials: Credentials, mode: KeyMode): readonly Problem[];
  /** When secrets of ours stop being good, as far as they say so themselves (certificates). */
  expiriesOf?(credentials: Credentials): readonly { readonly field: string; readonly at: Date }[];
}
