import { sql, type Tx } from '../../../platform/database/index.ts';
import type { ChangeKind, ChangeLine, ChangeState } from '../domain/change.ts';

export interface ListedChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly subjectId: string | null;
  readonly title: string;
  readonly lines: readonly ChangeLine[];
  readonly state: ChangeState;
  readonly isAlone: boolean;
  readonly proposedById: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
}

const columns = sql`id, kind, subject_id as "subjectId", title, lines, state,
  is_alone as "isAlone", proposed_by as "proposedById", proposed_by_name as "proposedByName",
  proposed_at as "proposedAt", decided_by_name as "decidedByName", decided_at as "decidedAt", note`;

/** Newest first; ids are in the order of time. */
export async function listChanges(
  tx: Tx,
  page: { readonly state?: ChangeState; readonly after?: string; readonly limit: number },
): Promise<ListedChange[]> {
  const { state, after } = page;
  return await tx.many(sql<ListedChange>`
    select ${columns} from channels.change_request
    where company_id = ${tx.companyId}
      and ${state === undefined ? sql`true` : sql`state = ${state}`}
      and ${after === undefined ? sql`true` : sql`id < ${after}`}
    order by id desc
    limit ${page.limit}`);
}

export async function changeById(tx: Tx, id: string): Promise<ListedChange | undefined> {
  return await tx.maybe(sql<ListedChange>`
    select ${columns} from channels.change_request
    where company_id = ${tx.companyId} and id = ${id}`);
}

export interface ProposedChange {
  readonly kind: ChangeKind;
  readonly subjectId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly secrets: Buffer | null;
  readonly state: ChangeState;
  readonly shortCode: string;
}

/** What was proposed, with its secrets still sealed. */
export async function proposedChange(tx: Tx, id: string): Promise<ProposedChange | undefined> {
  return await tx.maybe(sql<ProposedChange>`
    select request.kind, request.subject_id as "subjectId", request.detail,
      request.secrets_cipher as secrets, request.state, company.short_code as "shortCode"
    from channels.change_request as request
    join identity.company as company on company.id = request.company_id
    where request.company_id = ${tx.companyId} and request.id = ${id}`);
}

/** The open change of each account or rule that has one. */
export async function openChanges(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(sql<{ id: string; subjectId: string }>`
    select id, subject_id as "subjectId" from channels.change_request
    where company_id = ${tx.companyId} and state = 'open' and subject_id is not null
    limit 1000`);
  return new Map(rows.map(({ id, subjectId }) => [subjectId, id]));
}

/** Whether somebody proposed this very account already. */
export async function isProposed(
  tx: Tx,
  account: { readonly channel: string; readonly mchId: string; readonly appId: string },
): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from channels.change_request
    where company_id = ${tx.companyId} and state = 'open' and kind = 'create-account'
      and detail ->> 'channel' = ${account.channel} and detail ->> 'mchId' = ${account.mchId}
      and detail ->> 'appId' = ${account.appId}
    limit 1`);
  return row !== undefined;
}

/** How many changes wait for somebody else than this person. */
export async function changesToDecide(tx: Tx, staffId: string): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*) as count from channels.change_request
    where company_id = ${tx.companyId} and state = 'open' and proposed_by <> ${staffId}`);
  return row.count;
}

/**
 * Whether the company never had a second member of staff: then there is nobody to ask. Disabled
 * ones count, so that nobody becomes alone by disabling the others.
 */
export async function isAlone(tx: Tx): Promise<boolean> {
  const row = await tx.one(sql<{ count: number }>`
    select count(*) as count from identity.pub_staff where company_id = ${tx.companyId}`);
  return row.count === 1;
}
