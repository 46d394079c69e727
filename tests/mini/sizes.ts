import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { distOf } from '../../tools/mini.mjs';
import type { Platform } from './host/pack.ts';

export type PackageSize = { files: number; rawBytes: number; gzipBytes: number };

/** What the wallets count: all of it is one main package. */
export function sizeOf(platform: Platform): PackageSize {
  const files = filesOf(platform);
  const sum = (lengths: number[]) => lengths.reduce((total, length) => total + length, 0);
  return {
    files: files.length,
    rawBytes: sum(files.map(({ bytes }) => bytes.length)),
    gzipBytes: sum(files.map(({ bytes }) => gzipSync(bytes).length)),
  };
}

/** Every file that is uploaded, by its path in the package. */
export function filesOf(platform: Platform): { path: string; bytes: Buffer }[] {
  const folder = distOf(platform);
  return pathsBelow(folder)
    .map((path) => ({ path: relative(folder, path), bytes: readFileSync(path) }))
    .filter(({ path }) => !/(^\.|LICENSE\.txt$|\.map$)/.test(path));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pathsBelow(path) : [path];
  });
}
