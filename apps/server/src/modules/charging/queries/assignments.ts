import type { AssignmentPreview, AssignmentView } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type Assigning, paysAlready, unitMatches } from './unit-filter.ts';

export interface AssignmentQuery {
  readonly companyId: string;
  readonly communityId?: string | undefined;
  readonly feeItemId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly assignmentId?: string;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

export function listAssignments(
  deps: Pick<Deps, 'db'>,
  query: AssignmentQuery,
): Promise<{ items: AssignmentView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const { communityId, feeItemId, unitId, assignmentId, after } = query;
    const rows = await tx.many(sql<AssignmentView>`
      ${assignmentRows(tx)}
        ${communityId === undefined ? emptySql : sql`and a.community_id = ${communityId}`}
        ${feeItemId === undefined ? emptySql : sql`and a.fee_item_id = ${feeItemId}`}
        ${unitId === undefined ? emptySql : sql`and a.unit_id = ${unitId}`}
        ${assignmentId === undefined ? emptySql : sql`and a.id = ${assignmentId}`}
        ${after === undefined ? emptySql : sql`and a.id > ${after}`}
      order by a.id limit ${limit + 1}`);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

/** How many units an assignment would reach, and which stay as they are. */
export function previewAssignment(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  assigning: Assigning,
): Promise<AssignmentPreview> {
  return deps.db.read(companyId, async (tx) => {
    const [counts, alreadyExamples] = await Promise.all([
      countUnits(tx, assigning),
      alreadyAssigned(tx, assigning),
    ]);
    return { ...counts, toAssign: counts.matched - counts.already, alreadyExamples };
  });
}

export async function countMatches(tx: Tx, filter: Assigning['filter']): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*) as count from estate.pub_unit as u where ${unitMatches(tx, filter)}`);
  return row.count;
}

function countUnits(tx: Tx, assigning: Assigning) {
  return tx.one(sql<{ matched: number; already: number; withoutArea: number }>`
    select count(*) as matched, count(*) filter (where m.pays) as already,
      count(*) filter (where not m.pays and m.lacks_area) as "withoutArea"
    from (
      select ${paysAlready(tx, assigning)} as pays, ${lacksArea(tx, assigning)} as lacks_area
      from estate.pub_unit as u where ${unitMatches(tx, assigning.filter)}
    ) as m`);
}

/** Whether the newest version of the tariff uses an area that unit `u` does not have. */
function lacksArea(tx: Tx, assigning: Assigning): Statement {
  return sql`exists (
    select from charging.tariff as t
    where t.company_id = ${tx.companyId} and t.fee_item_id = ${assigning.feeItemId}
      and t.name = ${assigning.tariffName} and t.basis = 'area' and t.version = (
        select max(v.version) from charging.tariff as v
        where v.company_id = ${tx.companyId} and v.fee_item_id = t.fee_item_id
          and v.name = t.name)
      and not exists (
        select from estate.pub_unit_area as m
        where m.company_id = ${tx.companyId} and m.unit_id = u.id and case t.area_basis
          when 'built' then m.built_m2 when 'inner' then m.inner_m2
          else m.chargeable_m2 end is not null))`;
}

const maxExamples = 20;

function alreadyAssigned(tx: Tx, assigning: Assigning): Promise<AssignmentView[]> {
  return tx.many(sql<AssignmentView>`
    ${assignmentRows(tx)} and a.fee_item_id = ${assigning.feeItemId}
      and (a.to_on is null or a.to_on >= ${assigning.fromOn})
      and (${assigning.toOn}::date is null or a.from_on <= ${assigning.toOn}::date)
      and ${unitMatches(tx, assigning.filter)}
    order by u.sort_key, a.id limit ${maxExamples}`);
}

function assignmentRows(tx: Tx): Statement {
  return sql`
    select a.id, a.community_id as "communityId", a.unit_id as "unitId",
      u.label as "unitLabel", a.fee_item_id as "feeItemId", f.name as "feeItemName",
      a.tariff_name as "tariffName", a.from_on as "fromOn", a.to_on as "toOn"
    from charging.assignment as a
    join estate.pub_unit as u on u.company_id = a.company_id and u.id = a.unit_id
    join charging.fee_item as f on f.company_id = a.company_id and f.id = a.fee_item_id
    where a.company_id = ${tx.companyId}`;
}
