import type {
  BalanceCheck,
  BankImportState,
  BankImportTotals,
  BankLayoutContent,
} from '@wuye-pay/contract';
import { type Database, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Preview } from '../domain/statement/preview.ts';

/** Who asked for the import, kept for the audit entries and payments of the job. */
export interface ImportActor {
  readonly id: string;
  readonly name: string;
  readonly ip: string | null;
}

export interface ImportRecord {
  readonly id: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly format: 'table' | 'camt';
  readonly state: BankImportState;
  readonly layoutId: string | null;
  readonly layoutName: string;
  readonly layout: BankLayoutContent | null;
  readonly totals: BankImportTotals | null;
  readonly actor: ImportActor;
  readonly tries: number;
}

export interface NewImport {
  readonly id: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly format: 'table' | 'camt';
  readonly layout: ChosenLayout | null;
  readonly actor: ImportActor;
}

export interface ChosenLayout {
  /** null: an example, or one that was not saved. */
  readonly id: string | null;
  readonly name: string;
  readonly content: BankLayoutContent;
}

const columns: Statement = sql`
  id, account_id as "accountId", file_name as "fileName", format, state, layout_id as "layoutId",
  layout_name as "layoutName", layout, totals, actor, tries`;

export async function insertImport(tx: Tx, made: NewImport, at: Date): Promise<void> {
  const { layout } = made;
  await tx.run(sql`
    insert into bank.import (company_id, id, account_id, file_name, size_bytes, sha256, format,
      layout_id, layout_name, layout, actor, created_at)
    values (${tx.companyId}, ${made.id}, ${made.accountId}, ${made.fileName}, ${made.sizeBytes},
      ${made.sha256}, ${made.format}, ${layout?.id ?? null}, ${layout?.name ?? ''},
      ${layout && JSON.stringify(layout.content)}, ${JSON.stringify(made.actor)}, ${at})`);
}

export function lockImport(tx: Tx, importId: string): Promise<ImportRecord | undefined> {
  return tx.maybe(sql<ImportRecord>`
    select ${columns} from bank.import
    where company_id = ${tx.companyId} and id = ${importId} for update`);
}

/** Puts an import into the queue of the workers, for a check or for the books. */
export async function queueImport(
  tx: Tx,
  importId: string,
  state: 'waiting' | 'apply-waiting',
): Promise<void> {
  await tx.run(sql`
    update bank.import set state = ${state}, claim_token = null, claimed_until = null, tries = 0,
      failure = null, percent = 0, rows_done = 0
    where company_id = ${tx.companyId} and id = ${importId}`);
}

/** Whoever orders the import answers for it. */
export async function setImportActor(tx: Tx, importId: string, actor: ImportActor): Promise<void> {
  await tx.run(sql`
    update bank.import set actor = ${JSON.stringify(actor)}
    where company_id = ${tx.companyId} and id = ${importId}`);
}

export async function setImportLayout(
  tx: Tx,
  importId: string,
  { id, name, content }: ChosenLayout,
): Promise<void> {
  await tx.run(sql`
    update bank.import set layout_id = ${id}, layout_name = ${name},
      layout = ${JSON.stringify(content)}
    where company_id = ${tx.companyId} and id = ${importId}`);
}

export async function savePreview(tx: Tx, importId: string, preview: Preview): Promise<void> {
  await tx.run(sql`
    update bank.import set preview = ${JSON.stringify(preview)}
    where company_id = ${tx.companyId} and id = ${importId}`);
}

export async function deleteImport(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`
    delete from bank.import where company_id = ${tx.companyId} and id = ${importId}`);
}

/** Companies with an import that waits for a worker, or whose worker went away. */
export function companiesWithDueImports(
  jobsDb: Database,
  now: Date,
): Promise<{ readonly companyId: string }[]> {
  return jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from bank.import
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
      select id as due_id from bank.import
      where company_id = ${tx.companyId}
        and state in ('waiting', 'checking', 'apply-waiting', 'applying')
        and (claimed_until is null or claimed_until <= ${claim.now})
      order by id limit 1 for update skip locked)
    update bank.import set claim_token = ${claim.token}, claimed_until = ${claim.until},
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
  progress: { readonly rowsDone: number; readonly percent: number; readonly until: Date },
): Promise<boolean> {
  const written = await tx.run(sql`
    update bank.import set rows_done = ${progress.rowsDone}, percent = ${progress.percent},
      claimed_until = ${progress.until}
    where company_id = ${tx.companyId} and id = ${importId} and claim_token = ${token}`);
  return written === 1;
}

/** Locks the import for its last step. @returns false when the claim is lost */
export async function holdsClaim(tx: Tx, { importId, token }: Claimed): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from bank.import
    where company_id = ${tx.companyId} and id = ${importId} and claim_token = ${token}
    for update`);
  return row !== undefined;
}

export interface FinishedImport {
  readonly state: Extract<BankImportState, 'checked' | 'applied' | 'unreadable'>;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly totals: BankImportTotals | null;
  readonly balances?: readonly BalanceCheck[];
  readonly firstOn?: string | null;
  readonly lastOn?: string | null;
  readonly rowsTotal?: number;
}

export async function finishImport(
  tx: Tx,
  importId: string,
  finished: FinishedImport,
  at: Date,
): Promise<void> {
  const json = (value: unknown) =>
    value === undefined || value === null ? null : JSON.stringify(value);
  await tx.run(sql`
    update bank.import set state = ${finished.state}, failure = ${json(finished.failure)},
      totals = coalesce(${json(finished.totals)}, totals),
      balances = coalesce(${json(finished.balances)}, balances),
      first_on = coalesce(${finished.firstOn ?? null}::date, first_on),
      last_on = coalesce(${finished.lastOn ?? null}::date, last_on),
      rows_done = coalesce(${finished.rowsTotal ?? null}, rows_done),
      rows_total = coalesce(${finished.rowsTotal ?? null}, rows_total), percent = 100,
      claim_token = null, claimed_until = null,
      checked_at = case when ${finished.state} = 'checked' then ${at} else checked_at end,
      applied_at = case when ${finished.state} = 'applied' then ${at} else applied_at end
    where company_id = ${tx.companyId} and id = ${importId}`);
}
