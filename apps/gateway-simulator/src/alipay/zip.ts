import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = { name: Buffer; content: Buffer };

/**
 * A ZIP file whose entry names are bytes of any charset: the flag that would call them UTF-8
 * (bit 11) stays off, as in the files of Alipay.
 * @param isBroken writes a wrong check sum into the first entry
 */
export function zipOf(entries: readonly ZipEntry[], isBroken = false): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [index, { name, content }] of entries.entries()) {
    const packed = deflateRawSync(content);
    const sum = crc32(content) ^ (isBroken && index === 0 ? 1 : 0);
    const common = commonFields(sum >>> 0, packed.length, content.length, name.length);
    const local = Buffer.concat([header(0x04034b50), VERSION, common, name, packed]);
    directory.push(directoryEntry(common, offset, name));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...locals, list, endOf(entries.length, list.length, offset)]);
}

const VERSION = Buffer.from([20, 0]);

function header(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** Flags, method, time, sum, sizes, and the length of the name; no extra field. */
function commonFields(sum: number, packed: number, whole: number, nameLength: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(0, 0);
  bytes.writeUInt16LE(8, 2); // Deflate.
  bytes.writeUInt16LE(0, 4);
  bytes.writeUInt16LE((2026 - 1980) * 512 + 32 + 1, 6); // A day that says nothing.
  bytes.writeUInt32LE(sum, 8);
  bytes.writeUInt32LE(packed, 12);
  bytes.writeUInt32LE(whole, 16);
  bytes.writeUInt16LE(nameLength, 20);
  return bytes;
}

function directoryEntry(common: Buffer, offset: number, name: Buffer): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([header(0x02014b50), VERSION, VERSION, common, rest, name]);
}

function endOf(count: number, listBytes: number, offset: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(listBytes, 12);
  bytes.writeUInt32LE(offset, 16);
  return bytes;
}
