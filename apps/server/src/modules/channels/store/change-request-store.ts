import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ChangeKind, ChangeLine, ChangeState } from '../domain/change.ts';

export interface NewChange {
  readonly id: string;
  readonly kind: ChangeKind;
  /** The account or rule that changes; null for a new account, which has no id yet. */
  readonly subjectId: string | null;
  readonly title: string;
  /** What will be written, without secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly lines: readonly ChangeLine[];
  readonly secrets: Buffer | null;
  readonly proposedBy: { readonly id: string; readonly name: string };
  readonly proposedAt: Date;
}

export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  const { proposedBy } = change;
  await tx.run(sql`
    insert into channels.change_request (company_id, id, kind, subject_id, title, detail, lines,
      secrets_cipher, state, proposed_by, proposed_by_name, proposed_at)
    values (${tx.companyId}, ${change.id}, ${change.kind}, ${change.subjectId}, ${change.title},
      ${JSON.stringify(change.detail)}::jsonb, ${JSON.stringify(change.lines)}::jsonb,
      ${change.secrets}, 'open', ${proposedBy.id}, ${proposedBy.name}, ${change.proposedAt})`);
}

export interface StoredChange extends Omit<NewChange, 'proposedBy'> {
  readonly state: ChangeState;
  readonly proposedById: string;
}

/** Locked until the end of the transaction. */
export async function lockChange(tx: Tx, id: string): Promise<StoredChange | undefined> {
  return await tx.maybe(sql<StoredChange>`
    select id, kind, subject_id as "subjectId", title, detail, lines, secrets_cipher as secrets,
      state, proposed_by as "proposedById", proposed_at as "proposedAt"
    from channels.change_request
    where company_id = ${tx.companyId} and id = ${id}
    for update`);
}

/** Says how an open change ended, and forgets its secrets. */
export async function endChange(
  tx: Tx,
  end: {
    readonly id: string;
    readonly state: Exclude<ChangeState, 'open'>;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: Date;
    readonly note: string | null;
    readonly isAlone: boolean;
    /** Of a new account, now that there is one. */
    readonly subjectId: string | null;
  },
): Promise<void> {
  await tx.run(sql`
    update channels.change_request
    set state = ${end.state}, decided_by = ${end.by.id}, decided_by_name = ${end.by.name},
      decided_at = ${end.at}, note = ${end.note}, is_alone = ${end.isAlone},
      secrets_cipher = null, subject_id = coalesce(subject_id, ${end.subjectId}::uuid)
    where company_id = ${tx.companyId} and id = ${end.id} and state = 'open'`);
}
