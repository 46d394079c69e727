import { sql, type Tx } from '../../../platform/database/index.ts';

export interface Company {
  readonly name: string;
  readonly shortCode: string;
  readonly timeZone: string;
}

export function companyOf(tx: Tx): Promise<Company> {
  return tx.one(sql<Company>`
    select name, short_code as "shortCode", time_zone as "timeZone" from identity.company
    where id = ${tx.companyId}`);
}
