import type {
  BankImportBrief,
  BankImportDetail,
  BankImportProblem,
  BankImportRow,
  BankLayoutView,
} from '@wuye-pay/contract';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { bankErrors } from '../errors.ts';
import { shownProblems } from '../limits.ts';
import { listRows } from '../queries/import-rows.ts';
import {
  type ImportDetailRow,
  type ImportRow,
  importDetail,
  listImports,
  listProblems,
} from '../queries/imports.ts';
import { whyNotApply } from './manage-import.ts';

interface PageInput {
  readonly after?: string;
  readonly limit?: number;
}

const defaultLimit = 50;
const instant = (at: Date | null) => at && at.toISOString();

export function showImports(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  { after, limit = defaultLimit }: PageInput,
): Promise<ListPage<BankImportBrief>> {
  const mark = readMark(after, [markForms.id]);
  return deps.db.read(companyId, async (tx) => {
    const page = { after: mark && String(mark[0]), limit: limit + 1 };
    const rows = await listImports(tx, page);
    return pageOf(rows, limit, briefOf, ({ id }) => [id]);
  });
}

export function showImport(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  bankImportId: string,
): Promise<BankImportDetail> {
  return deps.db.read(companyId, async (tx) => {
    const [row, problems] = await Promise.all([
      importDetail(tx, bankImportId),
      listProblems(tx, bankImportId, { after: undefined, limit: shownProblems }),
    ]);
    if (!row) throw bankErrors.BANK_IMPORT_NOT_FOUND();
    return detailOf(row, problems);
  });
}

export function showProblems(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  bankImportId: string,
  { after, limit = defaultLimit }: PageInput,
): Promise<ListPage<BankImportProblem>> {
  const mark = readMark(after, [/^(error|warning)$/, markForms.number, markForms.id]);
  return ofImport(deps, companyId, bankImportId, async (tx) => {
    const rows = await listProblems(tx, bankImportId, { after: mark, limit: limit + 1 });
    return pageOf(
      rows,
      limit,
      (each) => each,
      ({ severity, row, id }) => [severity, row, id],
    );
  });
}

export function showRows(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  bankImportId: string,
  { after, limit = defaultLimit }: PageInput,
): Promise<ListPage<BankImportRow>> {
  const mark = readMark(after, [markForms.number, markForms.id]);
  return ofImport(deps, companyId, bankImportId, async (tx) => {
    const rows = await listRows(tx, bankImportId, { after: mark, limit: limit + 1 });
    return pageOf(
      rows,
      limit,
      (each) => each,
      ({ row, id }) => [row, id],
    );
  });
}

function ofImport<T>(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  bankImportId: string,
  read: (tx: Tx) => Promise<T>,
): Promise<T> {
  return deps.db.read(companyId, async (tx) => {
    if (!(await importDetail(tx, bankImportId))) throw bankErrors.BANK_IMPORT_NOT_FOUND();
    return await read(tx);
  });
}

function briefOf({ createdAt, appliedAt, ...row }: ImportRow): BankImportBrief {
  return { ...row, createdAt: createdAt.toISOString(), appliedAt: instant(appliedAt) };
}

function detailOf(row: ImportDetailRow, firstProblems: BankImportProblem[]): BankImportDetail {
  const { layoutId, layoutName, layout, preview, rowsDone, rowsTotal, percent, ...rest } = row;
  const isIdle = ['waiting', 'checked', 'unreadable'].includes(row.state);
  const whyNot = whyNotApply(row);
  return {
    ...rest,
    ...briefOf(row),
    sameAs: row.sameAs && { ...row.sameAs },
    progress: { rowsDone, rowsTotal, percent },
    layout: layout && layoutOf({ id: layoutId, name: layoutName, content: layout }),
    preview: previewOf(preview),
    firstProblems,
    allowedActions: [
      ...(isIdle && row.format === 'table' ? (['map'] as const) : []),
      ...(isIdle ? (['check', 'delete'] as const) : []),
      ...(whyNot === null ? (['apply'] as const) : []),
    ],
    applyBlockedBy: isIdle ? whyNot : null,
  };
}

function layoutOf(layout: Pick<BankLayoutView, 'id' | 'name' | 'content'>): BankLayoutView {
  return { ...layout, isExample: layout.id === null, updatedAt: null };
}

/** A file that was not looked at yet has none. */
function previewOf(preview: ImportDetailRow['preview']): BankImportDetail['preview'] {
  const { headerRow = null, columns = [], rows = [] } = preview;
  return { headerRow, columns: [...columns], rows: [...rows] };
}
