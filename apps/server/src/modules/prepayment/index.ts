/** The door of prepayment: balances of units, and how bills and payments move them. */
export { type SpreadBill, type Spreading, type SpreadLine, spread } from './domain/spread.ts';
export { prepaymentChanged } from './events.ts';
export { balanceOf, type UnitBalance } from './queries/balance-of.ts';
export { type PrepaymentSetting, settingOf } from './queries/setting.ts';
export { addPrepaymentRoutes } from './routes.ts';
export {
  lockBalances,
  lockOrMakeBalance,
  moveReserved,
  requireFree,
  setUsesItself,
} from './store/balance-store.ts';
export {
  type BalanceMove,
  creditPrepayment,
  refundPrepayment,
  returnPrepayments,
  usePrepayments,
} from './store/movement-store.ts';
