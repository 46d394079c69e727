import { type Queryable, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/**
 * Whether the ground of a binding (alias `binding`, its company as `company`) is gone: the person
 * that it was given to has moved out or, where the house list does not know them, every owner of
 * the time when it was given has.
 */
function hasMovedOut(at: Date): Statement {
  const today = sql`(${at}::timestamptz at time zone company.time_zone)::date`;
  const boundOn = sql`(binding.bound_at at time zone company.time_zone)::date`;
  const lived = sql`exists (select from estate.pub_occupancy as lived
    where lived.company_id = binding.company_id and lived.unit_id = binding.unit_id`;
  const isHere = sql`(lived.to_on is null or lived.to_on >= ${today})`;
  const ofPerson = sql`lived.person_id = binding.person_id`;
  const wasOwner = sql`lived.role = 'owner'
    and (lived.from_on is null or lived.from_on <= ${boundOn})
    and (lived.to_on is null or lived.to_on >= ${boundOn})`;
  return sql`(case when binding.person_id is not null
    then ${lived} and ${ofPerson}) and not ${lived} and ${ofPerson} and ${isHere})
    else ${lived} and ${wasOwner}) and not ${lived} and ${wasOwner} and ${isHere}) end)`;
}

/** Bindings looked at in one go; the next round finds the rest. */
const most = 500;

/** Companies that have bindings whose ground is gone; for the jobs' role. */
export async function companiesWithMovedOut(
  db: Queryable,
  at: Date,
): Promise<{ readonly companyId: string }[]> {
  return await db.many(sql<{ companyId: string }>`
    select distinct binding.company_id as "companyId"
    from resident.binding as binding
    join identity.company as company on company.id = binding.company_id
    where binding.ended_at is null and ${hasMovedOut(at)}
    order by 1`);
}

export async function movedOutBindings(tx: Tx, at: Date): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select binding.id from resident.binding as binding
    join identity.company as company on company.id = binding.company_id
    where binding.company_id = ${tx.companyId} and binding.ended_at is null and ${hasMovedOut(at)}
    order by binding.id limit ${most}`);
  return rows.map(({ id }) => id);
}
