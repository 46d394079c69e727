import { sql, type Tx } from '../../../platform/database/index.ts';
import { type Cap, defaultCaps, defaultQuiet } from '../domain/caps.ts';

export interface Settings {
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly caps: readonly Cap[];
}

export async function messageSettings(tx: Tx): Promise<Settings> {
  const found = await tx.maybe(sql<Settings>`
    select quiet_from as "quietFrom", quiet_to as "quietTo", caps
    from messaging.setting where company_id = ${tx.companyId}`);
  return found ?? { quietFrom: defaultQuiet.from, quietTo: defaultQuiet.to, caps: defaultCaps };
}

export interface Company {
  readonly shortCode: string;
  readonly name: string;
  readonly timeZone: string;
}

export async function companyOf(tx: Tx): Promise<Company> {
  return await tx.one(sql<Company>`
    select short_code as "shortCode", name, time_zone as "timeZone" from identity.company
    where id = ${tx.companyId}`);
}
