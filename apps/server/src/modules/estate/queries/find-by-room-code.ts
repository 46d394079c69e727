import { readCheckedCode } from '../../../platform/checked-code.ts';
import { type Queryable, sql } from '../../../platform/database/index.ts';
import type { ServicePhone } from './service-phones.ts';

export interface RoomOfCode {
  readonly unitId: string;
  readonly communityId: string;
  readonly communityName: string;
  readonly unitLabel: string;
  /** null when no owner is known. */
  readonly ownerMasked: string | null;
  /** Of the community, else of the company. */
  readonly service: ServicePhone | null;
  /** The code was replaced by another. */
  readonly revoked: boolean;
}

/** @returns undefined for a code that is misspelt or belongs to nobody */
export async function findByRoomCode(
  tx: Queryable & { readonly companyId: string },
  text: string,
): Promise<RoomOfCode | undefined> {
  const read = readCheckedCode(text);
  if (!read) return undefined;
  return await tx.maybe(sql<RoomOfCode>`
    select u.id as "unitId", u.community_id as "communityId", c.name as "communityName",
      u.label as "unitLabel", r.revoked_at is not null as revoked, (
        select p.name_masked from estate.occupancy as o
        join estate.person as p on p.company_id = o.company_id and p.id = o.person_id
        where o.company_id = u.company_id and o.unit_id = u.id and o.role = 'owner'
          and o.to_on is null
        order by o.id limit 1) as "ownerMasked", (
        select jsonb_build_object('phone', s.phone, 'hours', s.hours)
        from estate.service_phone as s
        where s.company_id = u.company_id and s.id in (u.community_id, u.company_id)
        order by s.community_id is null limit 1) as service
    from estate.room_code as r
    join estate.unit as u on u.company_id = r.company_id and u.id = r.unit_id
    join estate.community as c on c.company_id = u.company_id and c.id = u.community_id
    where r.company_id = ${tx.companyId} and r.code = ${read.code}`);
}
