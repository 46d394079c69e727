import { dirname, join } from 'node:path/posix';
import { type Finding, findAll, lineAt, MODULES, moduleOf, type Source } from './source.ts';

/** What one file cannot tell: names, neighbours and links. */
export function checkTree(
  sources: readonly Source[],
  paths: ReadonlySet<string>,
  modules: ReadonlySet<string>,
): Finding[] {
  return [
    ...checkModules(paths, modules),
    ...checkMigrations(sources, modules),
    ...checkErrorDeclarations(sources),
    ...checkLinks(sources, paths),
  ];
}

function checkModules(paths: ReadonlySet<string>, modules: ReadonlySet<string>): Finding[] {
  const present = new Set([...paths].flatMap((path) => moduleOf(path) ?? []));
  return [...present].flatMap((module) => {
    const readme = `${MODULES}${module}/README.md`;
    const missing = paths.has(readme)
      ? []
      : [{ path: readme, line: 1, message: 'every module says on one screen what it promises' }];
    if (modules.has(module)) return missing;
    const message = 'give the module a row in the table of .dependency-cruiser.mjs';
    return [...missing, { path: `${MODULES}${module}`, line: 1, message }];
  });
}

function checkMigrations(sources: readonly Source[], modules: ReadonlySet<string>): Finding[] {
  const numbers = new Map<string, string>();
  return sources.flatMap(({ path, text }) => {
    const name = /^apps\/server\/migrations\/(.*\.sql)$/.exec(path)?.[1];
    if (!name) return [];
    const at = (message: string) => [{ path, line: 1, message }];
    const [, number = '', module = ''] = /^(\d{4})_([a-z]+)_[a-z0-9_]+\.sql$/.exec(name) ?? [];
    if (module !== 'platform' && !modules.has(module)) return at('name it NNNN_module_change.sql');
    const twin = numbers.get(number);
    if (twin) return at(`${twin} has the same number`);
    numbers.set(number, name);
    if (/^(-- no-transaction\n)?-- \S/.test(text)) return [];
    return at('begin with a comment: why, and what it locks');
  });
}

function checkErrorDeclarations(sources: readonly Source[]): Finding[] {
  return sources
    .filter(({ path }) => path.startsWith('apps/server/src/') && !path.endsWith('/errors.ts'))
    .filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((source) =>
      findAll(source, /\bdefineErrors\(/g, 'errors are declared in errors.ts of their module'),
    );
}

function checkLinks(sources: readonly Source[], paths: ReadonlySet<string>): Finding[] {
  const isThere = (path: string) =>
    paths.has(path) || [...paths].some((known) => known.startsWith(`${path.replace(/\/$/, '')}/`));
  return sources
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].flatMap((match) => {
        const target = join(dirname(path), decodeURI(match[1] ?? ''));
        if (isThere(target)) return [];
        return [{ path, line: lineAt(text, match.index), message: `no such file: ${match[1]}` }];
      }),
    );
}
