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
export type { Content, Look } from './page/document.ts';
export { html, type Markup } from './page/html.ts';
export { keyOf, readPayer, strangerKeyOf } from './payer.ts';
export { asPage, type PageDeps, redirect, sendPage } from './routes/send-page.ts';
export { keepChoices, lookOf, payerCookie } from './routes/visitor.ts';
export { addCashierRoutes } from './routes.ts';
export { placeOfReceipt } from './use-cases/check-receipt.ts';
export { companyOfCode, findHome } from './use-cases/find-home.ts';
export { followPayment, ownPayment } from './use-cases/follow-payment.ts';
export { devicePageOf } from './use-cases/show-device-page.ts';
