import type {
  BalanceCheck,
  BankImportBrief,
  BankImportProblem,
  BankImportTotals,
  BankLayoutContent,
} from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Preview } from '../domain/statement/preview.ts';

export type ImportRow = Omit<BankImportBrief, 'createdAt' | 'appliedAt'> & {
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
};

const columns = sql`i.id, i.file_name as "fileName", i.size_bytes as "sizeBytes", i.format, i.state,
  i.account_id as "bankAccountId", a.name as "bankAccountName", i.first_on as "firstOn",
  i.last_on as "lastOn", i.created_at as "createdAt", i.actor ->> 'name' as "createdBy",
  i.applied_at as "appliedAt"`;
const tables = sql`from bank.import as i
  join bank.account as a on a.company_id = i.company_id and a.id = i.account_id`;

export function listImports(
  tx: Tx,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<ImportRow[]> {
  return tx.many(sql<ImportRow>`
    select ${columns} ${tables} where i.company_id = ${tx.companyId}
      ${page.after === undefined ? emptySql : sql`and i.id < ${page.after}::uuid`}
    order by i.id desc limit ${page.limit}`);
}

export interface ImportDetailRow extends ImportRow {
  readonly layoutId: string | null;
  readonly layoutName: string;
  readonly layout: BankLayoutContent | null;
  /** Empty until the file was looked at. */
  readonly preview: Partial<Preview>;
  readonly totals: BankImportTotals | null;
  readonly balances: BalanceCheck[];
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  readonly percent: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly sameAs: { readonly bankImportId: string; readonly appliedAt: string } | null;
}

export function importDetail(tx: Tx, importId: string): Promise<ImportDetailRow | undefined> {
  return tx.maybe(sql<ImportDetailRow>`
    select ${columns}, i.layout_id as "layoutId", i.layout_name as "layoutName", i.layout,
      i.preview, i.totals, i.balances, i.rows_done as "rowsDone", i.rows_total as "rowsTotal",
      i.percent, i.failure, (
        select jsonb_build_object('bankImportId', e.id, 'appliedAt', e.applied_at)
        from bank.import as e
        where e.company_id = i.company_id and e.sha256 = i.sha256 and e.id <> i.id
          and e.state = 'applied'
        order by e.applied_at desc limit 1) as "sameAs"
    ${tables} where i.company_id = ${tx.companyId} and i.id = ${importId}`);
}

/** Errors before warnings, in the order of the file. */
export function listProblems(
  tx: Tx,
  importId: string,
  page: { readonly after: readonly (string | number)[] | undefined; readonly limit: number },
): Promise<BankImportProblem[]> {
  const { after } = page;
  return tx.many(sql<BankImportProblem>`
    select id, severity, row_no as row, column_name as column, header, value, reason, advice
    from bank.import_problem
    where company_id = ${tx.companyId} and import_id = ${importId}
      ${
        after === undefined
          ? emptySql
          : sql`and (severity, row_no, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`
      }
    order by severity, row_no, id limit ${page.limit}`);
}

export async function hasEntries(tx: Tx, importId: string): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from bank.entry
    where company_id = ${tx.companyId} and import_id = ${importId} limit 1`);
  return row !== undefined;
}
