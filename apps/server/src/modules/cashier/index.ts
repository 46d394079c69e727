export {
  type ChannelFacts,
  type Choice,
  choicesOf,
  chosenWay,
  waysInWallet,
  wayText,
} from './domain/ways.ts';
export type { CashierDeps, CashierDoors } from './doors.ts';
export { cashierTasks } from './jobs.ts';
export { createLimiter, type Limiter } from './limiter.ts';
export { returnPage } from './page/device-page.ts';
export { asPage, redirect, sendPage } from './routes/send-page.ts';
export { lookOf } from './routes/visitor.ts';
export { addCashierRoutes } from './routes.ts';
export { followPayment } from './use-cases/follow-payment.ts';
export { devicePageOf } from './use-cases/show-device-page.ts';
