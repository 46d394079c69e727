import type { ImportBrief, ImportDetail, ImportProblem } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { fieldsByKind } from '../domain/import/fields.ts';
import { estateErrors } from '../errors.ts';
import {
  type ImportDetailRow,
  type ImportRow,
  importDetail,
  listImports,
  listProblems,
  type ProblemRow,
} from '../queries/imports.ts';
import { whyNotApply } from './manage-import.ts';

type ShowDeps = Pick<Deps, 'db'>;

const firstProblems = 20;

export function showImports(
  deps: ShowDeps,
  companyId: string,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ListPage<Static<typeof ImportBrief>>> {
  const mark = readMark(after, [markForms.id]);
  return deps.db.read(companyId, async (tx) => {
    const rows = await listImports(tx, { after: mark, limit: limit + 1 });
    return pageOf(rows, limit, brief, ({ id }) => [id]);
  });
}

/** @throws IMPORT_NOT_FOUND */
export function showImport(
  deps: ShowDeps,
  companyId: string,
  importId: string,
): Promise<ImportDetail> {
  return deps.db.read(companyId, async (tx) => {
    const row = await importDetail(tx, importId);
    if (!row) throw estateErrors.IMPORT_NOT_FOUND();
    const page = { after: undefined, limit: firstProblems };
    const problems = await listProblems(tx, importId, page);
    const { sheets, rowsRead, rowsTotal, percent, failure, sameAs } = row;
    return {
      ...brief(row),
      progress: { rowsRead, rowsTotal, percent },
      failure,
      sheets: sheets.map(({ placeholders: _p, from1904: _f, ...sheet }) => sheet),
      fieldsByKind: mappable,
      totals: { ...noTotals, ...row.totals },
      firstProblems: problems.map(shownProblem),
      sameAs: sameAs && {
        importId: sameAs.importId,
        appliedAt: new Date(sameAs.appliedAt).toISOString(),
      },
      allowedActions: allowedActions(row),
      applyBlockedBy: row.state === 'applied' ? null : whyNotApply(asChecked(row)),
    };
  });
}

export function showProblems(
  deps: ShowDeps,
  companyId: string,
  importId: string,
  query: {
    readonly severity?: 'error' | 'warning';
    readonly after?: string;
    readonly limit: number;
  },
): Promise<ListPage<ImportProblem>> {
  const after = readMark(query.after, [
    markForms.text,
    markForms.number,
    markForms.number,
    markForms.id,
  ]);
  return deps.db.read(companyId, async (tx) => {
    if (!(await importDetail(tx, importId))) throw estateErrors.IMPORT_NOT_FOUND();
    const { severity, limit } = query;
    const rows = await listProblems(tx, importId, { severity, after, limit: limit + 1 });
    const mark = (row: ProblemRow) => [row.severity, row.sheetNo, row.row, row.id] as const;
    return pageOf(rows, limit, shownProblem, mark);
  });
}

const noTotals: ImportDetail['totals'] = {
  communities: 0,
  buildings: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  bad: 0,
  warnings: 0,
  fees: 0,
};

const mappable: ImportDetail['fieldsByKind'] = (
  ['units', 'parking', 'owners', 'fees', 'buildings'] as const
).map((kind) => ({
  kind,
  fields: fieldsByKind[kind].map(({ field, zh, en, required }) => ({
    field,
    label: { zh, en },
    required,
  })),
}));

function brief(row: ImportRow): Static<typeof ImportBrief> {
  const { id, fileName, sizeBytes, state, communityName, createdBy } = row;
  const createdAt = row.createdAt.toISOString();
  const appliedAt = row.appliedAt?.toISOString() ?? null;
  return { id, fileName, sizeBytes, state, communityName, createdBy, createdAt, appliedAt };
}

function shownProblem({ sheetNo: _sheetNo, ...problem }: ProblemRow): ImportProblem {
  return problem;
}

function allowedActions(row: ImportDetailRow): ImportDetail['allowedActions'] {
  if (row.state === 'applied') return ['delete'];
  if (!['waiting', 'checked', 'unreadable'].includes(row.state)) return [];
  if (row.state !== 'checked') return ['delete'];
  const isReady = whyNotApply(asChecked(row)) === null;
  return isReady ? ['map', 'check', 'apply', 'delete'] : ['map', 'check', 'delete'];
}

function asChecked({ state, totals }: ImportDetailRow) {
  return { state, totals: totals && { bad: totals['bad'] ?? 0 } };
}
