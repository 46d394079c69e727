import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';

/** A day's statement has a handful of files; a large company's has some MB. */
const maxFiles = 50;
const maxUnpackedBytes = 192 * 1024 * 1024;

/**
 * The files of a statement's archive by name, whole: sizes and checksums hold. Names that do not
 * say to be UTF-8 are GBK. @returns undefined for what is no such archive
 */
export async function unzip(bytes: Buffer): Promise<ReadonlyMap<string, Buffer> | undefined> {
  try {
    return await readAll(bytes);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

async function readAll(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  // Without decoding: the names of Chinese archives are not what yauzl takes them for.
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false });
  if (zip.entryCount > maxFiles) throw new Error('too many files');
  const files = new Map<string, Buffer>();
  let room = maxUnpackedBytes;
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    if (name.endsWith('/')) continue;
    if (files.has(name)) throw new Error('a name comes twice');
    const content = await contentOf(await zip.openReadStreamPromise(entry), room);
    room -= content.length;
    if (crc32(content) !== entry.crc32) throw new Error('the checksum differs');
    files.set(name, content);
  }
  return files;
}

/** Bit 11 of the general purpose flags: the name is UTF-8. */
const utf8Flag = 0x800;

function nameOf(entry: yauzl.Entry): string {
  const encoding = (entry.generalPurposeBitFlag & utf8Flag) === 0 ? 'gbk' : 'utf-8';
  return new TextDecoder(encoding).decode(entry.fileNameRaw);
}

async function contentOf(stream: AsyncIterable<unknown>, room: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > room) throw new Error('unpacks too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
