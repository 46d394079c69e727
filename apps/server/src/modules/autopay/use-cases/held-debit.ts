import type { Debit } from '../store/debit-store.ts';

/** A debit that this worker holds until its claim runs out. */
export interface Held {
  readonly companyId: string;
  readonly debit: Debit;
  readonly token: string;
}
