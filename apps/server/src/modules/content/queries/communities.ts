import { sql, type Tx } from '../../../platform/database/index.ts';

export async function communityIsOurs(tx: Tx, communityId: string): Promise<boolean> {
  const found = await tx.maybe(sql<{ id: string }>`
    select id from estate.pub_community
    where company_id = ${tx.companyId} and id = ${communityId}`);
  return found !== undefined;
}
