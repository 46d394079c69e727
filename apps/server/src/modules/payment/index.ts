/** The door of payment: what the cashier page, receipts and reconciliation may use. */
export { channelWords } from './channel-label.ts';
export { checkpoints } from './checkpoints.ts';
export type { ChannelsDoor, PaymentInputDeps } from './deps.ts';
export type { Transfer } from './domain/transfer.ts';
export { paymentTasks } from './jobs.ts';
export { maxBills, maxUnits } from './limits.ts';
export { payInstructions } from './queries/pay-instructions.ts';
export { paymentDetail } from './queries/payment-detail.ts';
export {
  type PaymentLine,
  type PaymentStateView,
  type PublicState,
  paymentState,
} from './queries/payment-state.ts';
export { topUpFeeItem } from './queries/top-up-fee-item.ts';
export { addPaymentRoutes } from './routes.ts';
export { confirmPayment, type PaymentProof } from './use-cases/confirm-payment.ts';
export { confirmRefund, type RefundNews } from './use-cases/confirm-refund.ts';
export { approveRefund, cancelRefund, rejectRefund } from './use-cases/decide-on-refund.ts';
export { type ParkedTransfer, parkTransfers } from './use-cases/park-transfers.ts';
export {
  type BalancePaid,
  type BalancePayment,
  payFromBalance,
} from './use-cases/pay-from-balance.ts';
export { payOutRefund } from './use-cases/pay-out-refund.ts';
export {
  type PaymentPlan,
  type PlannedPayment,
  type PlanQuestion,
  planPayments,
} from './use-cases/plan-payments.ts';
export { requestAdoption, requestCaseRefund } from './use-cases/refund-case.ts';
export { type RefundRequest, requestRefund } from './use-cases/request-refund.ts';
export {
  checkRefund,
  giveUpRefund,
  reissueRefund,
  retryRefund,
} from './use-cases/resume-refund.ts';
export { decideOnPolicy, proposePolicy, stopPolicy } from './use-cases/set-refund-policy.ts';
export { approveSettlement, dropSettlement, proposeSettlement } from './use-cases/settle-case.ts';
export { type CaseUse, settleCaseNow } from './use-cases/settle-case-now.ts';
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
