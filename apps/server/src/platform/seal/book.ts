import { type Statement, sql } from '../database/index.ts';

/** An append-only table whose rows are sealed. */
export interface SealedBook {
  readonly name: 'audit' | 'ledger';
  /**
   * Names a view with company_id, day, id, at and content: all that a row says, in one text that
   * depends on nothing but the row.
   */
  readonly source: Statement;
}

export const auditBook: SealedBook = { name: 'audit', source: sql`platform.pub_sealable_audit` };
