import { createHash } from 'node:crypto';
import type { BankLayoutContent } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { fileErrors, fileKindOf, megabytes } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import { layoutPresets } from '../domain/statement/presets.ts';
import { bankErrors } from '../errors.ts';
import { sealFile } from '../import-file.ts';
import { camtLimits } from '../limits.ts';
import { hasEntries } from '../queries/imports.ts';
import { savedLayouts } from '../queries/layouts.ts';
import { lockAccount } from '../store/account-store.ts';
import { chunksAStatement, insertChunks } from '../store/import-file-store.ts';
import {
  type ChosenLayout,
  deleteImport,
  type ImportRecord,
  insertImport,
  lockImport,
  queueImport,
  setImportActor,
  setImportLayout,
} from '../store/import-store.ts';
import { refuseIncomplete, saveNewLayout } from './edit-settings.ts';

type ManageDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export interface UploadInput {
  readonly actor: StaffActor;
  readonly bankAccountId: string;
  /** One that was saved; or the name of an example. Neither: it is recognised. */
  readonly layoutId?: string;
  readonly layoutName?: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** Stores a statement for a worker to check. @throws at once what its first bytes give away */
export function uploadStatement(
  deps: ManageDeps,
  input: UploadInput,
): Promise<{ readonly bankImportId: string }> {
  const { actor, bankAccountId, bytes } = input;
  const format = formatOf(bytes);
  const at = deps.clock.now();
  const id = newId(at);
  const fileName = input.fileName.replace(/^.*[\\/]/, '').slice(0, 200) || '未命名';
  const sha256 = createHash('sha256').update(bytes).digest();
  const chunks = sealFile(deps, actor.companyId, bytes);
  return deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await lockAccount(tx, bankAccountId))) throw bankErrors.BANK_ACCOUNT_NOT_FOUND();
    const layout = format === 'camt' ? null : await chosenLayout(tx, input);
    const by = { id: actor.id, name: actor.name, ip: actor.ip ?? null };
    const file = { fileName, sizeBytes: bytes.length, sha256, format };
    await insertImport(tx, { id, accountId: bankAccountId, ...file, layout, actor: by }, at);
    for (let from = 0; from < chunks.length; from += chunksAStatement) {
      await insertChunks(tx, id, chunks.slice(from, from + chunksAStatement));
    }
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'bank.upload_statement',
      subjectKind: 'bank_import',
      subjectId: id,
      detail: { fileName, sizeBytes: bytes.length, sha256: sha256.toString('hex') },
    });
    return { bankImportId: id };
  });
}

function formatOf(bytes: Buffer): 'table' | 'camt' {
  const head = bytes
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const isXml = /^<(\?xml|(\w+:)?Document)/.test(
    isUtf16 ? head.replaceAll('\0', '').slice(2) : head,
  );
  if (!isXml) {
    fileKindOf(bytes);
    return 'table';
  }
  if (bytes.length > camtLimits.bytes) {
    throw fileErrors.FILE_TOO_LARGE({ values: { limitMb: megabytes(camtLimits.bytes) } });
  }
  return 'camt';
}

async function chosenLayout(tx: Tx, input: UploadInput): Promise<ChosenLayout | null> {
  const { layoutId, layoutName } = input;
  if (layoutId !== undefined) {
    const saved = (await savedLayouts(tx)).find(({ id }) => id === layoutId);
    if (!saved) throw bankErrors.BANK_LAYOUT_NOT_FOUND();
    return saved;
  }
  if (layoutName === undefined) return null;
  const example = layoutPresets.find(({ name }) => name === layoutName);
  if (!example) throw bankErrors.BANK_LAYOUT_NOT_FOUND();
  return { id: null, ...example };
}

export interface ImportInput {
  readonly actor: StaffActor;
  readonly bankImportId: string;
}

/** Reads the file by another layout; saved under a name, it is recognised next time. */
export function changeImportLayout(
  deps: ManageDeps,
  input: ImportInput & { readonly content: BankLayoutContent; readonly saveAs?: string },
): Promise<void> {
  const { actor, bankImportId, content, saveAs } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockIdle(tx, bankImportId);
    refuseIncomplete(content);
    if (record.format === 'camt') throw notReady('camt.053 不需要版式');
    const layout =
      saveAs === undefined
        ? { id: null, name: '本次指定', content }
        : await saveNewLayout(tx, deps, { actor, name: saveAs, content });
    await setImportLayout(tx, bankImportId, layout);
    await queueImport(tx, bankImportId, 'waiting');
  });
}

/** Reads the file again: what it is compared with, or the rules, may have changed. */
export function recheckImport(
  deps: ManageDeps,
  { actor, bankImportId }: ImportInput,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await lockIdle(tx, bankImportId);
    await queueImport(tx, bankImportId, 'waiting');
  });
}

/** Orders the import of a checked statement. Ordering it twice is ordering it once. */
export function orderApply(
  deps: ManageDeps,
  { actor, bankImportId, acceptLookAlikes }: ImportInput & { readonly acceptLookAlikes: boolean },
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockImport(tx, bankImportId);
    if (!record) throw bankErrors.BANK_IMPORT_NOT_FOUND();
    if (['apply-waiting', 'applying', 'applied'].includes(record.state)) return;
    const reason = whyNotApply(record);
    if (reason !== null) throw notReady(reason);
    const lookAlikes = record.totals?.lookAlikes ?? 0;
    if (lookAlikes > 0 && !acceptLookAlikes) {
      throw notReady(`有 ${lookAlikes} 笔与已导入的流水疑似重复，请核对后勾选确认`);
    }
    const { id, name, ip } = actor;
    await setImportActor(tx, bankImportId, { id, name, ip: ip ?? null });
    await queueImport(tx, bankImportId, 'apply-waiting');
  });
}

export function removeImport(
  deps: ManageDeps,
  { actor, bankImportId }: ImportInput,
): Promise<void> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const record = await lockIdle(tx, bankImportId);
    // Half of it is in the books after a failure: its file is their evidence.
    if (await hasEntries(tx, bankImportId)) throw bankErrors.BANK_IMPORT_APPLIED();
    await deleteImport(tx, bankImportId);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'bank.delete_statement',
      subjectKind: 'bank_import',
      subjectId: bankImportId,
      detail: { fileName: record.fileName, state: record.state },
    });
  });
}

export function whyNotApply(
  record: Pick<ImportRecord, 'state'> & { readonly totals: { readonly bad: number } | null },
): string | null {
  if (record.state === 'unreadable') return '文件无法读取';
  if (record.state !== 'checked' || !record.totals) return '检查还没有完成';
  if (record.totals.bad > 0)
    return `还有 ${record.totals.bad} 处有误，一笔也不会导入；请更正后重新检查`;
  return null;
}

async function lockIdle(tx: Tx, bankImportId: string): Promise<ImportRecord> {
  const record = await lockImport(tx, bankImportId);
  if (!record) throw bankErrors.BANK_IMPORT_NOT_FOUND();
  if (record.state === 'applied') throw bankErrors.BANK_IMPORT_APPLIED();
  if (['checking', 'apply-waiting', 'applying'].includes(record.state)) {
    throw bankErrors.BANK_IMPORT_BUSY();
  }
  return record;
}

function notReady(reason: string) {
  return bankErrors.BANK_IMPORT_NOT_READY({ values: { reason } });
}
