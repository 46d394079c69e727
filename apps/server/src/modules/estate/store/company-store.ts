import { sql, type Tx } from '../../../platform/database/index.ts';

export interface CompanyFacts {
  /** The company's part of every room code. */
  readonly shortCode: string;
  readonly timeZone: string;
}

export function companyFacts(tx: Tx): Promise<CompanyFacts> {
  return tx.one(sql<CompanyFacts>`
    select short_code as "shortCode", time_zone as "timeZone" from identity.company
    where id = ${tx.companyId}`);
}
