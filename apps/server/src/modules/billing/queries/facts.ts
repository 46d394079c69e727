import { sql, type Tx } from '../../../platform/database/index.ts';

export async function timeZoneOf(tx: Tx): Promise<string> {
  const row = await tx.one(sql<{ timeZone: string }>`
    select time_zone as "timeZone" from identity.company where id = ${tx.companyId}`);
  return row.timeZone;
}

export async function communityIsOurs(tx: Tx, communityId: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from estate.pub_community
    where company_id = ${tx.companyId} and id = ${communityId}`);
  return row !== undefined;
}
