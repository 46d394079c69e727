import { sql, type Tx } from '../../../platform/database/index.ts';
import { type Assigning, paysAlready, unitMatches } from '../queries/unit-filter.ts';

/**
 * Assigns the tariff to the units of a filter that do not pay the fee item already. The fee item
 * is locked by the caller, so two of these cannot overlap.
 * @returns how many units were assigned
 */
export async function insertAssignments(tx: Tx, assigning: Assigning, at: Date): Promise<number> {
  return await tx.run(sql`
    insert into charging.assignment (company_id, id, community_id, unit_id, fee_item_id,
      tariff_name, from_on, to_on, created_at)
    select u.company_id, platform.derived_id(${at.getTime()}::bigint,
        u.id::text || ${assigning.feeItemId}::text || ${assigning.fromOn}::text),
      u.community_id, u.id, ${assigning.feeItemId}::uuid, ${assigning.tariffName}::text,
      ${assigning.fromOn}::date, ${assigning.toOn}::date, ${at}::timestamptz
    from estate.pub_unit as u
    where ${unitMatches(tx, assigning.filter)} and not ${paysAlready(tx, assigning)}`);
}

export interface ListedAssignment {
  readonly unitId: string;
  readonly feeItemId: string;
  readonly tariffName: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** The same for units named one by one, each with its own day. Unknown units get none. */
export async function insertListed(
  tx: Tx,
  communityId: string,
  rows: readonly ListedAssignment[],
  at: Date,
): Promise<number> {
  const column = <Key extends keyof ListedAssignment>(key: Key) => rows.map((row) => row[key]);
  return await tx.run(sql`
    insert into charging.assignment (company_id, id, community_id, unit_id, fee_item_id,
      tariff_name, from_on, to_on, created_at)
    select u.company_id, platform.derived_id(${at.getTime()}::bigint,
        u.id::text || l.fee_item_id::text || l.from_on::text),
      u.community_id, u.id, l.fee_item_id, l.tariff_name, l.from_on, l.to_on, ${at}::timestamptz
    from unnest(${column('unitId')}::uuid[], ${column('feeItemId')}::uuid[],
      ${column('tariffName')}::text[], ${column('fromOn')}::date[], ${column('toOn')}::date[])
      as l (unit_id, fee_item_id, tariff_name, from_on, to_on)
    join estate.pub_unit as u on u.company_id = ${tx.companyId} and u.id = l.unit_id
      and u.community_id = ${communityId}
    where not exists (
      select from charging.assignment as o
      where o.company_id = ${tx.companyId} and o.unit_id = u.id
        and o.fee_item_id = l.fee_item_id and (o.to_on is null or o.to_on >= l.from_on)
        and (l.to_on is null or o.from_on <= l.to_on))
    on conflict do nothing`);
}

export interface Assignment extends ListedAssignment {
  readonly id: string;
}

export function lockAssignment(tx: Tx, assignmentId: string): Promise<Assignment | undefined> {
  return tx.maybe(sql<Assignment>`
    select id, unit_id as "unitId", fee_item_id as "feeItemId", tariff_name as "tariffName",
      from_on as "fromOn", to_on as "toOn"
    from charging.assignment
    where company_id = ${tx.companyId} and id = ${assignmentId} for update`);
}

export async function setAssignmentEnd(tx: Tx, assignmentId: string, toOn: string): Promise<void> {
  await tx.run(sql`
    update charging.assignment set to_on = ${toOn}
    where company_id = ${tx.companyId} and id = ${assignmentId}`);
}

export async function deleteAssignment(tx: Tx, assignmentId: string): Promise<void> {
  await tx.run(sql`
    delete from charging.assignment
    where company_id = ${tx.companyId} and id = ${assignmentId}`);
}
