import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/id.ts';
import type { SealedChunk } from './store/import-file-store.ts';

/** Small enough for a statement to carry several. */
const chunkBytes = 1024 * 1024;
const purpose = 'bank.import.file';

/** The file in encrypted pieces: it holds names and accounts. */
export function sealFile(
  deps: Pick<Deps, 'secrets' | 'clock'>,
  companyId: string,
  bytes: Buffer,
): SealedChunk[] {
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_none, chunkNo) => {
    const piece = bytes.subarray(chunkNo * chunkBytes, (chunkNo + 1) * chunkBytes);
    const cipher = deps.secrets.seal(companyId, purpose, piece.toString('base64'));
    return { id: newId(deps.clock.now()), chunkNo, cipher };
  });
}

export function openFile(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  chunks: readonly { readonly cipher: Buffer }[],
): Buffer {
  return Buffer.concat(
    chunks.map(({ cipher }) =>
      Buffer.from(deps.secrets.open(companyId, purpose, cipher), 'base64'),
    ),
  );
}
