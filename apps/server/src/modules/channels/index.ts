export type {
  ChannelName,
  ChannelTrade,
  CloseResult,
  MerchantAccount,
  PayerLogin,
  PayInstructions,
  PrepayResult,
  Product,
  RefusalReason,
  TradeState,
} from './channel.ts';
export { channelsTasks } from './jobs.ts';
export { chooseMerchantAccount, merchantAccountById } from './queries/merchant-accounts.ts';
export { addChannelsRoutes } from './routes.ts';
export { closeTrade, type TradeInput } from './use-cases/close-trade.ts';
export { authorizeUrl, openIdOf } from './use-cases/payer-login.ts';
export { type PrepayInput, prepay } from './use-cases/prepay.ts';
export { queryTrade } from './use-cases/query-trade.ts';
export {
  type NotificationInput,
  type NotificationReading,
  readNotification,
} from './use-cases/read-notification.ts';
export {
  changeMerchantAccount,
  type NewMerchantAccount,
  saveMerchantAccount,
} from './use-cases/save-merchant-account.ts';
