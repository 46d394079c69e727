import type { OccupancyRole } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { alwaysOn } from '../domain/area.ts';

export interface AreaRow {
  readonly effectiveOn: string | null;
  readonly builtM2: string | null;
  readonly innerM2: string | null;
  readonly chargeableM2: string | null;
}

/** Newest first. */
export function areasOf(tx: Tx, unitId: string): Promise<AreaRow[]> {
  return tx.many(sql<AreaRow>`
    select nullif(effective_on, ${alwaysOn}) as "effectiveOn",
      trim_scale(built_m2)::text as "builtM2", trim_scale(inner_m2)::text as "innerM2",
      trim_scale(chargeable_m2)::text as "chargeableM2"
    from estate.unit_area where company_id = ${tx.companyId} and unit_id = ${unitId}
    order by effective_on desc limit 200`);
}

export interface OccupantRow {
  readonly occupancyId: string;
  readonly personId: string;
  readonly role: OccupancyRole;
  readonly nameMasked: string;
  readonly phoneMasked: string | null;
  readonly hasIdNumber: boolean;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly isCurrent: boolean;
}

/** Those of today first. */
export function peopleOf(tx: Tx, unitId: string, today: string): Promise<OccupantRow[]> {
  return tx.many(sql<OccupantRow>`
    select o.id as "occupancyId", o.person_id as "personId", o.role,
      p.name_masked as "nameMasked", p.phone_masked as "phoneMasked",
      p.id_number_index is not null as "hasIdNumber", o.from_on as "fromOn", o.to_on as "toOn",
      o.to_on is null or o.to_on >= ${today} as "isCurrent"
    from estate.occupancy as o
    join estate.person as p on p.company_id = o.company_id and p.id = o.person_id
    where o.company_id = ${tx.companyId} and o.unit_id = ${unitId}
    order by (o.to_on is null or o.to_on >= ${today}) desc, o.to_on desc, o.id limit 200`);
}

export interface RoomCodeRow {
  readonly code: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** The current one first. */
export function roomCodesOf(tx: Tx, unitId: string): Promise<RoomCodeRow[]> {
  return tx.many(sql<RoomCodeRow>`
    select code, created_at as "createdAt", revoked_at as "revokedAt" from estate.room_code
    where company_id = ${tx.companyId} and unit_id = ${unitId}
    order by revoked_at desc nulls first limit 50`);
}

export interface HistoryRow {
  readonly id: string;
  readonly at: Date;
  readonly actorName: string | null;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What was done to a unit since a day, newest first. */
export function historyOf(tx: Tx, unitId: string, since: string): Promise<HistoryRow[]> {
  return tx.many(sql<HistoryRow>`
    select id, at, actor_name as "actorName", action, detail from platform.pub_audit_entry
    where company_id = ${tx.companyId} and day >= ${since} and subject_kind = 'unit'
      and subject_id = ${unitId}
    order by day desc, id desc limit 100`);
}
