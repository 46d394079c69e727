import type { Actor } from './actor.ts';
import { type Clock, dayOf } from './clock.ts';
import { sql, type Tx } from './database/index.ts';
import { newId } from './id.ts';

export interface AuditRecord {
  readonly actor: Actor;
  /** Module and verb: "billing.publish_run". */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Facts worth keeping; never clear personal data or secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Records a deed in the transaction of the deed, so that neither exists without the other. */
export async function recordAudit(tx: Tx, clock: Clock, record: AuditRecord): Promise<void> {
  const at = clock.now();
  const { actor } = record;
  await tx.run(sql`
    insert into platform.audit_entry (company_id, day, id, at, actor_kind, actor_id, actor_name,
      action, subject_kind, subject_id, detail, ip)
    values (${tx.companyId}, ${dayOf(at, 'UTC')}, ${newId(at)}, ${at}, ${actor.kind}, ${actor.id},
      ${actor.name}, ${record.action}, ${record.subjectKind}, ${record.subjectId},
      ${JSON.stringify(record.detail ?? {})}, ${'ip' in actor ? (actor.ip ?? null) : null})`);
}
