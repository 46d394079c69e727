import type { Store, Table } from '../store.ts';

/** A payment that its payer still has to confirm, because a cashier has read the code. */
export type Confirmation = {
  /** Path of the sheet, without the public path. */
  href: string;
  user: number;
  payee: string;
  totalFen: number;
};

/** Shown by the wallet, whichever way the cashier's request came; by `href`. */
export function confirmationTable(store: Store): Table<Confirmation> {
  return store.table('union-pay-confirmations');
}
