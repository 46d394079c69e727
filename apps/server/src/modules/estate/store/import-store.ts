import type { ImportState } from '@wuye-pay/contract';
import { type Database, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { FeeDraft } from '../domain/import/fee-row.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';

/** Who asked for the import, kept for the audit entry of the job that carries it out. */
export interface ImportActor {
  readonly id: string;
  readonly name: string;
  readonly ip: string | null;
}

export interface ImportRecord {
  readonly id: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly communityName: string | null;
  readonly sheets: readonly RecognisedSheet[];
  /** Somebody corrected the mapping: it is not recognised anew. */
  readonly mapped: boolean;
  readonly fees: readonly FeeDraft[];
  readonly totals: ImportTotals | null;
  readonly actor: ImportActor;
  readonly sha256: Buffer;
  readonly tries: number;
}

export interface ImportTotals {
  readonly communities: number;
  readonly buildings: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly warnings: number;
  readonly fees: number;
}

export interface NewImport {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly communityName: string | null;
  readonly actor: ImportActor;
}

const columns: Statement = sql`
  id, file_name as "fileName", state, community_name as "communityName", sheets, mapped, fees,
  totals, actor, sha256, tries`;

export async function insertImport(tx: Tx, made: NewImport, at: Date): Promise<void> {
  await tx.run(sql`
    insert into estate.import (company_id, id, file_name, size_bytes, sha256, community_name, actor,
      created_at)
    values (${tx.companyId}, ${made.id}, ${made.fileName}, ${made.sizeBytes}, ${made.sha256},
      ${made.communityName}, ${JSON.stringify(made.actor)}, ${at})`);
}

export function lockImport(tx: Tx, importId: string): Promise<ImportRecord | undefined> {
  return tx.maybe(sql<ImportRecord>`
    select ${columns} from estate.import
    where company_id = ${tx.companyId} and id = ${importId} for update`);
}

/** Puts an import into the queue of the workers, for a check or for the take-over. */
export async function queueImport(
  tx: Tx,
  importId: string,
  state: 'waiting' | 'apply-waiting',
): Promise<void> {
  await tx.run(sql`
    update estate.import set state = ${state}, claim_token = null, claimed_until = null, tries = 0,
      failure = null, percent = 0, rows_read = 0
    where company_id = ${tx.companyId} and id = ${importId}`);
}

/** Whoever orders the take-over answers for it. */
export async function setImportActor(tx: Tx, importId: string, actor: ImportActor): Promise<void> {
  await tx.run(sql`
    update estate.import set actor = ${JSON.stringify(actor)}
    where company_id = ${tx.companyId} and id = ${importId}`);
}

export async function saveMapping(
  tx: Tx,
  importId: string,
  sheets: readonly RecognisedSheet[],
  mapped: boolean,
): Promise<void> {
  await tx.run(sql`
    update estate.import set sheets = ${JSON.stringify(sheets)}, mapped = ${mapped}
    where company_id = ${tx.companyId} and id = ${importId}`);
}

export async function deleteImport(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`
    delete from estate.import where company_id = ${tx.companyId} and id = ${importId}`);
}

/** Companies with an import that waits for a worker, or whose worker went away. */
export function companiesWithDueImports(
  jobsDb: Database,
  now: Date,
): Promise<{ readonly companyId: string }[]> {
  return jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from estate.import
    where state in ('waiting', 'checking', 'apply-waiting', 'applying')
      and (claimed_until is null or claimed_until <= ${now})
    group by company_id`);
}

/**
 * Takes the oldest due import of a company under a lease. The choice stands in a CTE: as a subquery
 * of the update it may be run once for each row, and then takes more than one.
 */
export function claimImport(
  tx: Tx,
  claim: { readonly token: string; readonly now: Date; readonly until: Date },
): Promise<ImportRecord | undefined> {
  return tx.maybe(sql<ImportRecord>`
    with due as materialized (
      select id as due_id from estate.import
      where company_id = ${tx.companyId}
        and state in ('waiting', 'checking', 'apply-waiting', 'applying')
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by id limit 1 for update skip locked)
    update estate.import set claim_token = ${claim.token}, claimed_until = ${claim.until},
      tries = tries + 1,
      state = case state when 'waiting' then 'checking' when 'apply-waiting' then 'applying'
        else state end
    from due
    where company_id = ${tx.companyId} and id = due.due_id
    returning ${columns}`);
}

/** Whoever works on an import: another worker took it over when the token is not the same. */
export interface Claimed {
  readonly importId: string;
  readonly token: string;
}

/** @returns false when the claim is lost */
export async function reportProgress(
  tx: Tx,
  { importId, token }: Claimed,
  progress: { readonly rowsRead: number; readonly percent: number; readonly until: Date },
): Promise<boolean> {
  const written = await tx.run(sql`
    update estate.import set rows_read = ${progress.rowsRead}, percent = ${progress.percent},
      claimed_until = ${progress.until}
    where company_id = ${tx.companyId} and id = ${importId} and claim_token = ${token}`);
  return written === 1;
}

/** Locks the import for its last step. @returns false when the claim is lost */
export async function holdsClaim(tx: Tx, { importId, token }: Claimed): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from estate.import
    where company_id = ${tx.companyId} and id = ${importId} and claim_token = ${token}
    for update`);
  return row !== undefined;
}

export interface FinishedImport {
  readonly state: Extract<ImportState, 'checked' | 'applied' | 'unreadable'>;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly totals: ImportTotals | null;
  readonly sheets?: readonly RecognisedSheet[];
  readonly fees?: readonly FeeDraft[];
  readonly rowsRead?: number;
}

export async function finishImport(
  tx: Tx,
  importId: string,
  finished: FinishedImport,
  at: Date,
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await tx.run(sql`
    update estate.import set state = ${finished.state}, failure = ${json(finished.failure)},
      totals = coalesce(${json(finished.totals ?? undefined)}, totals),
      sheets = coalesce(${json(finished.sheets)}, sheets),
      fees = coalesce(${json(finished.fees)}, fees),
      rows_read = coalesce(${finished.rowsRead ?? null}, rows_read),
      rows_total = coalesce(${finished.rowsRead ?? null}, rows_total), percent = 100,
      claim_token = null, claimed_until = null,
      checked_at = case when ${finished.state} = 'checked' then ${at} else checked_at end,
      applied_at = case when ${finished.state} = 'applied' then ${at} else applied_at end
    where company_id = ${tx.companyId} and id = ${importId}`);
}
