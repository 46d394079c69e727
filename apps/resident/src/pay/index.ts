import './pay.css';

export { fenOf, yuanOf } from './amount.ts';
export { BillDisputeNote } from './BillDisputeNote.tsx';
export { BillLine } from './BillLine.tsx';
export { type Cart, cartOf, firstOf, hasChoice, wayOf } from './cart.ts';
export { PayFoot } from './PayFoot.tsx';
export { Receipts } from './Receipts.tsx';
export {
  type Chosen,
  chosenOf,
  everything,
  firstSelection,
  isTicked,
  needsNoConfirming,
  payFenOf,
  payPart,
  type Selection,
  tick,
} from './selection.ts';
export { useOpenBills } from './use-open-bills.ts';
export { type Payment, usePayment } from './use-payment.ts';
export { usePaymentState } from './use-payment-state.ts';
export { type Plan, usePlan } from './use-plan.ts';
