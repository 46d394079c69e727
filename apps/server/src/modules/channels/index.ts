export {
  type ChannelName,
  type ChannelRefund,
  type ChannelTrade,
  type CloseResult,
  type MandateNews,
  type MerchantAccount,
  type NoticeAnswer,
  type OrderRef,
  type PayerLogin,
  type PayInstructions,
  type PrepayResult,
  type Product,
  type RefusalReason,
  type TradeState,
} from './channel.ts';
export type { ChannelDescription, Words } from './description.ts';
export { channelsTasks } from './jobs.ts';
export {
  accountOfApp,
  chooseMerchantAccount,
  merchantAccountById,
  merchantAccountByNumber,
} from './queries/merchant-accounts.ts';
export type { RefundOrder, RefundResult, RefundState } from './refund.ts';
export { allChannels, channelFacts, channelOf, channelsOfCode, isChannel } from './registry.ts';
export { addChannelsRoutes } from './routes.ts';
export type { Statement, StatementLine, StatementResult } from './statement.ts';
export { closeTrade, type TradeInput } from './use-cases/close-trade.ts';
export { fetchStatement } from './use-cases/fetch-statement.ts';
export { announceDebit, endMandate, mandateOf, signMandate } from './use-cases/mandates.ts';
export {
  authorizeUrl,
  openIdOf,
  openIdOfMiniProgram,
  readLoginReturn,
} from './use-cases/payer-login.ts';
export { type PrepayInput, prepay } from './use-cases/prepay.ts';
export { queryRefund } from './use-cases/query-refund.ts';
export { queryTrade } from './use-cases/query-trade.ts';
export {
  type NotificationInput,
  type NotificationReading,
  noticeAnswersOf,
  readNotification,
} from './use-cases/read-notification.ts';
export { type RefundInput, refundTrade } from './use-cases/refund-trade.ts';
export {
  type Route,
  type RouteQuestion,
  routeFeeItems,
  type Way,
} from './use-cases/route-fee-items.ts';
export {
  changeMerchantAccount,
  type NewMerchantAccount,
  saveMerchantAccount,
} from './use-cases/save-merchant-account.ts';
