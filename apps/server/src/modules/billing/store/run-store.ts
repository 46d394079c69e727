import { sql, type Tx } from '../../../platform/database/index.ts';

export interface Run {
  readonly id: string;
  readonly communityId: string;
  readonly month: string;
  readonly state: 'draft' | 'published' | 'voided';
  readonly billCount: number;
}

export interface NewRun {
  readonly id: string;
  readonly communityId: string;
  readonly month: string;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export type OpenedDraft =
  | { readonly outcome: 'opened'; readonly isFirstOfMonth: boolean }
  | { readonly outcome: 'exists'; readonly runId: string }
  /** The draft that was in the way went meanwhile. */
  | { readonly outcome: 'missed' };

/**
 * Opens a draft, or finds the one that exists. Whoever opens one for the same community and month
 * at the same time waits here; the second statement sees what the first one waited for.
 */
export async function openDraft(tx: Tx, run: NewRun): Promise<OpenedDraft> {
  const [opened, runs] = await Promise.all([insertRun(tx, run), runsOfMonth(tx, run)]);
  if (opened === 1) return { outcome: 'opened', isFirstOfMonth: runs.length === 1 };
  const draft = runs.find((other) => other.state === 'draft');
  return draft ? { outcome: 'exists', runId: draft.id } : { outcome: 'missed' };
}

function insertRun(tx: Tx, run: NewRun): Promise<number> {
  return tx.run(sql`
    insert into billing.bill_run (company_id, id, community_id, month, created_at, created_by)
    values (${tx.companyId}, ${run.id}, ${run.communityId}, ${run.month}, ${run.createdAt},
      ${run.createdBy})
    on conflict (company_id, community_id, month) where state = 'draft' do nothing`);
}

function runsOfMonth(tx: Tx, run: NewRun): Promise<{ id: string; state: string }[]> {
  return tx.many(sql<{ id: string; state: string }>`
    select id, state from billing.bill_run
    where company_id = ${tx.companyId} and community_id = ${run.communityId}
      and month = ${run.month} and state <> 'voided'
    order by id`);
}

export function lockRun(tx: Tx, runId: string): Promise<Run | undefined> {
  return tx.maybe(sql<Run>`
    select id, community_id as "communityId", month, state, bill_count as "billCount"
    from billing.bill_run where company_id = ${tx.companyId} and id = ${runId} for update`);
}

export interface Deed {
  readonly runId: string;
  readonly at: Date;
  readonly by: string;
}

export async function markPublished(tx: Tx, deed: Deed): Promise<void> {
  await tx.run(sql`
    update billing.bill_run set state = 'published', published_at = ${deed.at},
      published_by = ${deed.by}
    where company_id = ${tx.companyId} and id = ${deed.runId} and state = 'draft'`);
}

export async function markVoided(tx: Tx, deed: Deed & { reason: string }): Promise<void> {
  await tx.run(sql`
    update billing.bill_run set state = 'voided', voided_at = ${deed.at}, voided_by = ${deed.by},
      void_reason = ${deed.reason}
    where company_id = ${tx.companyId} and id = ${deed.runId} and state = 'published'`);
}

/** Locks the bills of a run in key order, as payments do, so that neither waits in a circle. */
export async function lockRunBills(tx: Tx, runId: string): Promise<void> {
  await tx.one(sql`
    select count(*) from (
      select id from billing.bill where company_id = ${tx.companyId} and run_id = ${runId}
      order by id for update
    ) as locked`);
}

export async function voidBills(tx: Tx, runId: string): Promise<number> {
  return await tx.run(sql`
    update billing.bill set state = 'void', paid_fen = paid_fen - from_balance_fen,
      from_balance_fen = 0
    where company_id = ${tx.companyId} and run_id = ${runId} and state = 'issued'`);
}

/** @returns how many bills the draft had */
export async function deleteDraft(tx: Tx, runId: string): Promise<number> {
  const where = sql`where company_id = ${tx.companyId} and run_id = ${runId}`;
  const [bills] = await Promise.all([
    tx.run(sql`delete from billing.bill ${where}`),
    tx.run(sql`delete from billing.skipped_unit ${where}`),
    tx.run(sql`delete from billing.outlier ${where}`),
    tx.run(sql`delete from billing.run_total ${where}`),
    tx.run(sql`
      delete from billing.bill_run where company_id = ${tx.companyId} and id = ${runId}`),
  ]);
  return bills;
}
