export { messagingTasks } from './jobs.ts';
export type {
  DueMessage,
  MessageContent,
  MessageTo,
  NewMessage,
  Release,
  Releaser,
  Route,
  SendAnswer,
  Via,
} from './message.ts';
export type { MessagingDeps } from './open-account.ts';
export { addMessagingRoutes } from './routes.ts';
export { editAtAccount } from './use-cases/edit-templates.ts';
export { enqueueMessages } from './use-cases/enqueue-messages.ts';
export {
  estimateSends,
  type SendEstimate,
  type ShownSend,
  showSends,
} from './use-cases/estimate-sends.ts';
export { phoneOfWallet } from './use-cases/phone-of-wallet.ts';
export { changeAccount, createAccount, type NewAccountInput } from './use-cases/save-account.ts';
export { sendNow } from './use-cases/send-now.ts';
export { viewAccounts as messageAccounts } from './use-cases/view-accounts.ts';
