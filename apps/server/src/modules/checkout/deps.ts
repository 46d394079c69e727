import type { CashierDeps } from '../cashier/index.ts';

/** The pages and the description of channels are the cashier's. */
export type CheckoutDeps = CashierDeps;
