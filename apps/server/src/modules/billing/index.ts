/** The door of billing: what payment and the pages behind the room code may use. */
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
export { type BillRefund, type RefundedBill, refundBills } from './store/refund-store.ts';
export { chargeAccount } from './use-cases/run-postings.ts';
