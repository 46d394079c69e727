import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/** One file of ours out of many, so that a child process starts in a fraction of a second. */
export async function bundle(entry: string): Promise<{ file: string; remove(): void }> {
  const directory = join(root, 'node_modules', '.cache', `wuye-child-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'child.mjs');
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages-stay-where-they-are',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
            const isOurs = kind === 'entry-point' || path.startsWith('@wuye-pay/');
            return isOurs ? undefined : { path, external: true };
          });
        },
      },
    ],
  });
  return { file, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
