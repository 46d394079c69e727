import { sql, type Tx } from '../../../platform/database/index.ts';

export interface UnitPlace {
  readonly unitLabel: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly changedAt: string | null;
}

export async function unitPlace(tx: Tx, unitId: string): Promise<UnitPlace | undefined> {
  const row = await tx.maybe(sql<Omit<UnitPlace, 'changedAt'> & { changedAt: Date | null }>`
    select unit.label as "unitLabel", unit.community_id as "communityId",
      community.name as "communityName", (
        select max(moved.at) from prepayment.pub_movement as moved
        where moved.company_id = ${tx.companyId} and moved.unit_id = ${unitId}) as "changedAt"
    from estate.pub_unit as unit
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where unit.company_id = ${tx.companyId} and unit.id = ${unitId}`);
  return row && { ...row, changedAt: row.changedAt?.toISOString() ?? null };
}
