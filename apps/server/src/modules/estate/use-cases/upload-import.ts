import { createHash } from 'node:crypto';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { fileKindOf } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import { estateErrors } from '../errors.ts';
import { sealFile } from '../import-file.ts';
import { communityById } from '../store/community-store.ts';
import { chunksAStatement, insertChunks } from '../store/import-file-store.ts';
import { insertImport } from '../store/import-store.ts';

export interface UploadImportInput {
  readonly actor: StaffActor;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** For rows that name no community; one of the two, or neither if all rows do. */
  readonly communityId?: string;
  readonly communityName?: string;
}

/** Stores a file for a worker to check. @throws at once what its first bytes give away */
export function uploadImport(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  input: UploadImportInput,
): Promise<{ readonly importId: string }> {
  const { actor, bytes } = input;
  fileKindOf(bytes);
  const at = deps.clock.now();
  const id = newId(at);
  const fileName = input.fileName.replace(/^.*[\\/]/, '').slice(0, 200) || '未命名';
  const sha256 = createHash('sha256').update(bytes).digest();
  const chunks = sealFile(deps, actor.companyId, bytes);
  return deps.db.transaction(actor.companyId, async (tx) => {
    const communityName = await communityNameOf(tx, input);
    await insertImport(
      tx,
      {
        id,
        fileName,
        sha256,
        communityName,
        sizeBytes: bytes.length,
        actor: { id: actor.id, name: actor.name, ip: actor.ip ?? null },
      },
      at,
    );
    for (let from = 0; from < chunks.length; from += chunksAStatement) {
      await insertChunks(tx, id, chunks.slice(from, from + chunksAStatement));
    }
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.upload_import',
      subjectKind: 'import',
      subjectId: id,
      detail: { fileName, sizeBytes: bytes.length, sha256: sha256.toString('hex') },
    });
    return { importId: id };
  });
}

async function communityNameOf(tx: Tx, input: UploadImportInput): Promise<string | null> {
  if (input.communityId === undefined) return input.communityName?.trim() || null;
  const community = await communityById(tx, input.communityId);
  if (!community) throw estateErrors.COMMUNITY_NOT_FOUND();
  return community.name;
}
