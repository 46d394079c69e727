/** The door of payment: what the cashier page, receipts and reconciliation may use. */
export { checkpoints } from './checkpoints.ts';
export type { ChannelsDoor, PaymentInputDeps } from './deps.ts';
export type { Transfer } from './domain/transfer.ts';
export { paymentTasks } from './jobs.ts';
export { payInstructions } from './queries/pay-instructions.ts';
export {
  type PaymentLine,
  type PaymentStateView,
  type PublicState,
  paymentState,
} from './queries/payment-state.ts';
export { addPaymentRoutes } from './routes.ts';
export { confirmPayment, type PaymentProof } from './use-cases/confirm-payment.ts';
export { type ParkedTransfer, parkTransfers } from './use-cases/park-transfers.ts';
export {
  type PaymentPlan,
  type PlannedPayment,
  type PlanQuestion,
  planPayments,
} from './use-cases/plan-payments.ts';
export type { Booking } from './use-cases/situation.ts';
export { type StartedPayment, type StartInput, startPayment } from './use-cases/start-payment.ts';
export {
  type CodeInput,
  type CodePayment,
  takeCodePayment,
} from './use-cases/take-code-payment.ts';
export {
  type DeskInput,
  type DeskPayment,
  takeDeskPayment,
} from './use-cases/take-desk-payment.ts';
export {
  BillsHeld,
  releaseBills,
  settleTransfer,
  type TransferInput,
} from './use-cases/take-transfer-payment.ts';
