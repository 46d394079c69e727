import type { ImportField, SheetKind } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { fieldsByKind } from '../domain/import/fields.ts';
import { describeColumns } from '../domain/import/recognise.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';
import { estateErrors } from '../errors.ts';
import { openFile } from '../import-file.ts';
import { readChunks } from '../store/import-file-store.ts';
import {
  deleteImport,
  type ImportRecord,
  lockImport,
  queueImport,
  saveMapping,
  setImportActor,
} from '../store/import-store.ts';
import { readFirstRows } from './recognise-file.ts';

type ManageDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export interface ImportInput {
  readonly actor: StaffActor;
  readonly importId: string;
}

export interface SheetMapping {
  readonly name: string;
  readonly kind: SheetKind;
  readonly headerRow: number | null;
  readonly columns: readonly { readonly column: string; readonly field: ImportField | null }[];
}

/** Corrects what was recognised, and queues the import for another check. */
export async function correctMapping(
  deps: ManageDeps,
  { actor, importId, sheets }: ImportInput & { readonly sheets: readonly SheetMapping[] },
): Promise<void> {
  const chunks = await deps.db.read(actor.companyId, (tx) => readChunks(tx, importId));
  if (chunks.length === 0) throw estateErrors.IMPORT_NOT_FOUND();
  const files = await readFirstRows(openFile(deps, actor.companyId, chunks));
  await deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockIdle(tx, importId);
    const corrected = files.flatMap(({ sheet, rows }) => {
      const known = record.sheets.find(({ name }) => name === sheet.name);
      const wanted = sheets.find(({ name }) => name === sheet.name);
      if (!known) return [];
      if (!wanted) return [known];
      refuseImpossible(wanted);
      const fields = new Map(wanted.columns.map(({ column, field }) => [column, field]));
      const { kind, headerRow } = wanted;
      const columns = describeColumns(rows, headerRow, (_header, column) =>
        kind === 'ignore' ? null : (fields.get(column) ?? null),
      );
      return [{ ...known, kind, headerRow, columns } satisfies RecognisedSheet];
    });
    await saveMapping(tx, importId, corrected, true);
    await queueImport(tx, importId, 'waiting');
  });
}

/** Reads the file again: what it is compared with may have changed. */
export function recheckImport(deps: ManageDeps, { actor, importId }: ImportInput): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await lockIdle(tx, importId);
    await queueImport(tx, importId, 'waiting');
  });
}

/** Orders the take-over of a checked import. Ordering it twice is ordering it once. */
export function orderApply(deps: ManageDeps, { actor, importId }: ImportInput): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockImport(tx, importId);
    if (!record) throw estateErrors.IMPORT_NOT_FOUND();
    if (['apply-waiting', 'applying', 'applied'].includes(record.state)) return;
    const reason = whyNotApply(record);
    if (reason !== null) throw estateErrors.IMPORT_NOT_READY({ values: { reason } });
    const { id, name, ip } = actor;
    await setImportActor(tx, importId, { id, name, ip: ip ?? null });
    await queueImport(tx, importId, 'apply-waiting');
  });
}

export function removeImport(deps: ManageDeps, { actor, importId }: ImportInput): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockImport(tx, importId);
    if (!record) throw estateErrors.IMPORT_NOT_FOUND();
    if (isBusy(record)) throw estateErrors.IMPORT_BUSY();
    await deleteImport(tx, importId);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.delete_import',
      subjectKind: 'import',
      subjectId: importId,
      detail: { fileName: record.fileName, state: record.state },
    });
  });
}

export function whyNotApply(
  record: Pick<ImportRecord, 'state'> & { readonly totals: { readonly bad: number } | null },
): string | null {
  if (record.state === 'unreadable') return '文件无法读取';
  if (record.state !== 'checked' || !record.totals) return '检查还没有完成';
  if (record.totals.bad > 0) return `还有 ${record.totals.bad} 行有误，请更正后重新上传`;
  return null;
}

async function lockIdle(tx: Tx, importId: string): Promise<ImportRecord> {
  const record = await lockImport(tx, importId);
  if (!record) throw estateErrors.IMPORT_NOT_FOUND();
  if (record.state === 'applied') throw estateErrors.IMPORT_APPLIED();
  if (isBusy(record)) throw estateErrors.IMPORT_BUSY();
  return record;
}

function isBusy({ state }: ImportRecord): boolean {
  return ['checking', 'apply-waiting', 'applying'].includes(state);
}

function refuseImpossible({ name, kind, columns }: SheetMapping): void {
  if (kind === 'ignore') return;
  const refuse = (reason: string) => {
    throw estateErrors.IMPORT_MAPPING_INVALID({ values: { reason: `工作表“${name}”${reason}` } });
  };
  const used = columns.flatMap(({ field }) => field ?? []);
  for (const { field, zh, required } of fieldsByKind[kind]) {
    const count = used.filter((each) => each === field).length;
    if (required && count === 0) refuse(`没有指定“${zh}”是哪一列`);
    if (count > 1) refuse(`有 ${count} 列都被指定为“${zh}”，请只留一列`);
  }
  const allowed = new Set(fieldsByKind[kind].map(({ field }) => field));
  const foreign = used.find((field) => !allowed.has(field));
  if (foreign) refuse(`的这种表没有“${foreign}”这一项`);
}
