import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { AppError } from '../errors.ts';
import { fileErrors } from './errors.ts';
import { fileLimits, megabytes } from './limits.ts';

/** The parts of an Office file. */
export interface Package {
  has(path: string): boolean;
  /** The unpacked bytes; reading stops at the limit for the whole file. */
  open(path: string): Promise<AsyncIterable<Buffer>>;
  /** Unpacked, as the file declares it. */
  sizeOf(path: string): number;
  /** Read until now, over all parts. */
  bytesRead(): number;
}

/** @throws FILE_DAMAGED, FILE_ENCRYPTED, FILE_UNPACKS_TOO_LARGE, FILE_TOO_MANY_PARTS */
export async function openPackage(bytes: Buffer): Promise<Package> {
  const zip = await damagedUnless(() => yauzl.fromBufferPromise(bytes, { lazyEntries: true }));
  const entries = await readEntries(zip);
  let unpacked = 0;
  async function* counted(stream: Readable): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        unpacked += chunk.length;
        refuseAbove(unpacked);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof AppError ? error : fileErrors.FILE_DAMAGED({ cause: error });
    } finally {
      stream.destroy();
    }
  }
  return {
    has: (path) => entries.has(keyOf(path)),
    sizeOf: (path) => entries.get(keyOf(path))?.uncompressedSize ?? 0,
    bytesRead: () => unpacked,
    async open(path) {
      const entry = entries.get(keyOf(path));
      if (!entry) throw fileErrors.FILE_DAMAGED();
      return counted(await damagedUnless(() => zip.openReadStreamPromise(entry)));
    },
  };
}

async function readEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const limit = fileLimits.zipEntries;
  if (zip.entryCount > limit) throw fileErrors.FILE_TOO_MANY_PARTS({ values: { limit } });
  const entries = new Map<string, yauzl.Entry>();
  let declared = 0;
  await damagedUnless(async () => {
    for await (const entry of zip.eachEntry()) {
      declared += entry.uncompressedSize;
      if (entry.isEncrypted()) throw fileErrors.FILE_ENCRYPTED();
      if (entries.has(keyOf(entry.fileName))) throw fileErrors.FILE_DAMAGED();
      entries.set(keyOf(entry.fileName), entry);
    }
  });
  refuseAbove(declared);
  return entries;
}

function refuseAbove(bytes: number): void {
  if (bytes <= fileLimits.unpackedBytes) return;
  const limitMb = megabytes(fileLimits.unpackedBytes);
  throw fileErrors.FILE_UNPACKS_TOO_LARGE({ values: { limitMb } });
}

/** Whatever a reader of archives complains about is a damaged file to the person who sent it. */
async function damagedUnless<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? error : fileErrors.FILE_DAMAGED({ cause: error });
  }
}

/** Part names do not depend on case; some writers put a slash first. */
function keyOf(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
}
