import type { ImportProblem, ImportState } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';

export interface ImportRow {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly state: ImportState;
  readonly communityName: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly appliedAt: Date | null;
}

export function listImports(
  tx: Tx,
  page: { readonly after: readonly (string | number)[] | undefined; readonly limit: number },
): Promise<ImportRow[]> {
  return tx.many(sql<ImportRow>`
    select id, file_name as "fileName", size_bytes as "sizeBytes", state,
      community_name as "communityName", created_at as "createdAt",
      actor ->> 'name' as "createdBy", applied_at as "appliedAt"
    from estate.import where company_id = ${tx.companyId}
      ${page.after === undefined ? emptySql : sql`and id < ${page.after[0]}::uuid`}
    order by id desc limit ${page.limit}`);
}

export interface ImportDetailRow extends ImportRow {
  readonly sheets: readonly RecognisedSheet[];
  readonly totals: Readonly<Record<string, number>> | null;
  readonly rowsRead: number;
  readonly rowsTotal: number | null;
  readonly percent: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly sameAs: { readonly importId: string; readonly appliedAt: string } | null;
}

export function importDetail(tx: Tx, importId: string): Promise<ImportDetailRow | undefined> {
  return tx.maybe(sql<ImportDetailRow>`
    select i.id, i.file_name as "fileName", i.size_bytes as "sizeBytes", i.state,
      i.community_name as "communityName", i.created_at as "createdAt",
      i.actor ->> 'name' as "createdBy", i.applied_at as "appliedAt", i.sheets, i.totals,
      i.rows_read as "rowsRead", i.rows_total as "rowsTotal", i.percent, i.failure, (
        select jsonb_build_object('importId', e.id, 'appliedAt', e.applied_at)
        from estate.import as e
        where e.company_id = i.company_id and e.sha256 = i.sha256 and e.id <> i.id
          and e.state = 'applied'
        order by e.applied_at desc limit 1) as "sameAs"
    from estate.import as i where i.company_id = ${tx.companyId} and i.id = ${importId}`);
}

export type ProblemRow = ImportProblem & { readonly sheetNo: number };

export interface ProblemPage {
  readonly severity?: 'error' | 'warning' | undefined;
  /** Severity, number of the sheet, row and id of the last problem of the page before. */
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

/** Errors before warnings, in the order of the file. */
export function listProblems(tx: Tx, importId: string, page: ProblemPage): Promise<ProblemRow[]> {
  const { severity, after } = page;
  return tx.many(sql<ProblemRow>`
    select id, severity, sheet_no as "sheetNo", sheet, row_no as row, column_name as column,
      header, value, reason, advice
    from estate.import_problem
    where company_id = ${tx.companyId} and import_id = ${importId}
      ${severity === undefined ? emptySql : sql`and severity = ${severity}`}
      ${
        after === undefined
          ? emptySql
          : sql`and (severity, sheet_no, row_no, id)
              > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]}::uuid)`
      }
    order by severity, sheet_no, row_no, id limit ${page.limit}`);
}
