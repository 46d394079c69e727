import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * Noto Sans SC (SIL Open Font License, beside the file), 30,890 characters: all of GBK but one.
 * Kept as a TTF because the PDF writer reads WOFF a hundred times slower; packed with brotli.
 */
const fileName = join('assets', 'noto-sans-sc.ttf.br');
/** Printed in place of a character that no font has; a box would look like a slip. */
export const missingMark = '〓';

let loaded: Buffer | undefined;

/** The one typeface of what is printed; unpacked at its first use (10 MB, 60 ms). */
export function paperFont(): Buffer {
  loaded ??= brotliDecompressSync(readFileSync(find(import.meta.dirname)));
  return loaded;
}

/** The same from src/ and from dist/. */
function find(directory: string): string {
  const path = join(directory, fileName);
  if (existsSync(path)) return path;
  const parent = dirname(directory);
  if (parent === directory)
    throw new Error(`${fileName} is missing; the installation is not whole`);
  return find(parent);
}
