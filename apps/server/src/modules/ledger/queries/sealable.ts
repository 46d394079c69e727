import { sql } from '../../../platform/database/index.ts';
import type { SealedBook } from '../../../platform/seal/index.ts';

/** The transfers, for the seals. */
export const ledgerBook: SealedBook = { name: 'ledger', source: sql`ledger.pub_sealable` };
