import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { type ZmRecord, zmLayout } from './zm-layout.ts';

const LINE_END = Buffer.from('\r\n');

/** Records as the file holds them: GBK, fixed width in bytes, 607 a line without its CRLF. */
export function zmBytes(records: readonly ZmRecord[]): Buffer {
  return Buffer.concat(records.flatMap((record) => [zmLine(record), LINE_END]));
}

function zmLine(record: ZmRecord): Buffer {
  const fields = zmLayout.map(([name, width]) => padded(record[name] ?? '', width));
  return Buffer.concat(fields.flatMap((field, index) => (index === 0 ? [field] : [SPACE, field])));
}

const SPACE = Buffer.from(' ');

/** Text in `width` bytes; a Chinese character that no longer fits whole is left out. */
function padded(text: string, width: number): Buffer {
  const field = Buffer.alloc(width, ' ');
  let used = 0;
  for (const sign of text) {
    const bytes = iconv.encode(sign, 'gbk');
    if (used + bytes.length > width) break;
    field.set(bytes, used);
    used += bytes.length;
  }
  return field;
}

/** The files of a clearing day, packed as UnionPay packs them. */
export function zipOf(files: Record<string, Buffer>, packedAt: Date): Buffer {
  return Buffer.from(zipSync(files, { level: 6, mtime: packedAt }));
}

/** `fileContent` of the reply: base64 of the deflated ZIP, which is compressed twice by that. */
export function fileContentOf(zip: Buffer): string {
  return deflateSync(zip).toString('base64');
}
