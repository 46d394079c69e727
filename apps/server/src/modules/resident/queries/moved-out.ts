import { type Statement, sql } from '../../../platform/database/index.ts';

/**
 * Whether the ground of a binding (alias `binding`, its company as `company`) is gone: the person
 * that it was given to has moved out or, where the house list does not know them, every owner of
 * the time when it was given has.
 */
export function hasMovedOut(at: Date): Statement {
  const today = sql`(${at}::timestamptz at time zone company.time_zone)::date`;
  const boundOn = sql`(binding.bound_at at time zone company.time_zone)::date`;
  const lived = sql`exists (select from estate.pub_occupancy as lived
    where lived.company_id = binding.company_id and lived.unit_id = binding.unit_id`;
  const isHere = sql`(lived.to_on is null or lived.to_on >= ${today})`;
  const ofPerson = sql`lived.person_id = binding.person_id`;
  const wasOwner = sql`lived.role = 'owner' and (lived.from_on is null or lived.from_on <= ${boundOn})
    and (lived.to_on is null or lived.to_on >= ${boundOn})`;
  return sql`(case when binding.person_id is not null
    then ${lived} and ${ofPerson}) and not ${lived} and ${ofPerson} and ${isHere})
    else ${lived} and ${wasOwner}) and not ${lived} and ${wasOwner} and ${isHere}) end)`;
}
