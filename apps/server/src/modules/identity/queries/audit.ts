import type { AuditFilter } from '@wuye-pay/contract';
import {
  emptySql,
  joinSql,
  type Statement,
  sql,
  type Tx,
} from '../../../platform/database/index.ts';

export interface AuditRow {
  readonly id: string;
  readonly day: string;
  readonly at: Date;
  readonly actorKind: 'staff' | 'resident' | 'payer' | 'system';
  readonly actorName: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: Record<string, unknown>;
  readonly ip: string | null;
  readonly sealNo: number | null;
}

/** A place in the log: day and id of the last entry of the page before. */
export interface AuditPlace {
  readonly day: string;
  readonly id: string;
}

/** Newest first, between two days. */
export async function listAudit(
  tx: Tx,
  filter: AuditFilter & { from: string; to: string; after?: AuditPlace; limit: number },
): Promise<AuditRow[]> {
  const { after } = filter;
  const filters: (Statement | undefined)[] = [
    filter.subjectKind === undefined ? undefined : sql`and subject_kind = ${filter.subjectKind}`,
    filter.subjectId === undefined ? undefined : sql`and subject_id = ${filter.subjectId}`,
    filter.actorId === undefined ? undefined : sql`and actor_id = ${filter.actorId}`,
    filter.action === undefined ? undefined : sql`and action = ${filter.action}`,
    after === undefined ? undefined : sql`and (entry.day, entry.id) < (${after.day}, ${after.id})`,
  ];
  const given = filters.filter((part) => part !== undefined);
  return await tx.many(sql<AuditRow>`
    select entry.id, entry.day, entry.at, entry.actor_kind as "actorKind",
      entry.actor_name as "actorName", entry.action, entry.subject_kind as "subjectKind",
      entry.subject_id as "subjectId", entry.detail, entry.ip, sealed.seal_no as "sealNo"
    from platform.pub_audit_entry as entry
    left join platform.pub_sealed_row as sealed
      on sealed.company_id = entry.company_id and sealed.id = entry.id
    where entry.company_id = ${tx.companyId}
      and entry.day >= ${filter.from} and entry.day <= ${filter.to}
      ${given.length > 0 ? joinSql(given, ' ') : emptySql}
    order by entry.day desc, entry.id desc limit ${filter.limit}`);
}
