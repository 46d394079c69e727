/** The door of billing: what payment, feedback, reminders and the pages behind the room code may use. */
export { billAdjusted } from './events.ts';
export { billDetail } from './queries/bill-detail.ts';
export { monthlyFees } from './queries/monthly-fees.ts';
export {
  type ControlTotal,
  controlTotals,
  type OpenBill,
  openBillsOf,
} from './queries/open-bills.ts';
export { addBillingRoutes } from './routes.ts';
export {
  type Hold,
  holdBills,
  type LockedBill,
  lockPayableBills,
  releaseHolds,
  type SettledBill,
  type Settlement,
  settleBills,
} from './store/bill-store.ts';
export { lockOpenDebts, type OpenDebt } from './store/debt-store.ts';
export { type BillRefund, type RefundedBill, refundBills } from './store/refund-store.ts';
export {
  adjustBill,
  type BillChange,
  type ChangeOutcome,
} from './use-cases/adjust-bill.ts';
export { decideAdjustment } from './use-cases/decide-adjustment.ts';
export { chargeAccount } from './use-cases/run-postings.ts';
export { settleFromBalances, settleLines } from './use-cases/settle-from-balance.ts';
