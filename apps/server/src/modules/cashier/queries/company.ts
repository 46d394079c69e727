import { sql, type Tx } from '../../../platform/database/index.ts';

export interface CompanyView {
  readonly name: string;
  readonly timeZone: string;
}

/** Who is paid, and whose days count. */
export async function companyView(tx: Tx): Promise<CompanyView> {
  return await tx.one(sql<CompanyView>`
    select name, time_zone as "timeZone" from identity.company where id = ${tx.companyId}`);
}
