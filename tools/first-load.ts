import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface SentScript {
  readonly file: string;
  readonly gzipBytes: number;
}

type Manifest = Readonly<Record<string, { readonly file: string; readonly imports?: string[] }>>;

const dist = join(import.meta.dirname, '..', 'apps', 'resident', 'dist');

/** The scripts that a browser loads before a page of the built app is there, as they are sent. */
export function firstLoadScripts(page: string): readonly SentScript[] {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Manifest;
  const found = new Set<string>();
  const add = (source: string) => {
    const entry = manifest[source];
    if (!entry) throw new Error(`the build has no ${source}`);
    if (found.has(entry.file)) return;
    found.add(entry.file);
    for (const imported of entry.imports ?? []) add(imported);
  };
  add('index.html');
  add(`src/pages/${page}/index.tsx`);
  return [...found].map((file) => ({
    file,
    gzipBytes: gzipSync(readFileSync(join(dist, file))).length,
  }));
}
