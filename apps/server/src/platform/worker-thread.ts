import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Runs a file named `….worker.ts` in a thread of its own. Write the address literally,
 * `new URL('./read-rows.worker.ts', import.meta.url)`: the build bundles such files by name and
 * rewrites the address.
 */
export function startThread(file: URL, options: WorkerOptions = {}): Worker {
  if (!file.pathname.endsWith('.ts')) return new Worker(file, options);
  return new Worker(fromSource(file), { ...options, eval: true });
}

/** A thread does not inherit the compiler's loader of development and tests; it loads its own. */
function fromSource(file: URL): string {
  // The CommonJS variant, which `resolve` names, looks for its hooks in a folder that is not there.
  const commonJs = createRequire(import.meta.url).resolve('tsx/esm/api');
  const compiler = pathToFileURL(join(dirname(commonJs), 'index.mjs')).href;
  return `import(${JSON.stringify(compiler)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(file.href)});
  });`;
}
