import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import dependencyRules from '../.dependency-cruiser.mjs';
import { checkImports } from './tidy/imports.ts';
import { checkLimits } from './tidy/limits.ts';
import type { Finding, Source } from './tidy/source.ts';
import { checkSql } from './tidy/sql.ts';
import { checkTree } from './tidy/tree.ts';
import { checkWords } from './tidy/words.ts';

const ROOT = join(import.meta.dirname, '..');
const TEXT = /(\.(ts|tsx|mjs|js|json|sql|md|css|html|yml|yaml|sh)|(^|\/)\.[\w.]+|\/run)$/;

/** The modules of the one table, from the names of the rules that it generates. */
export const MODULE_NAMES: ReadonlySet<string> = new Set(
  dependencyRules.forbidden.flatMap(({ name }) => /^table-(.*)$/.exec(name)?.[1] ?? []),
);

/** The house rules that no other tool knows. Reasons: docs/decisions/0011-checks.md. */
export function tidy(sources: readonly Source[], paths: readonly string[]): Finding[] {
  return [
    ...sources.flatMap((source) => [
      ...checkWords(source),
      ...checkLimits(source),
      ...checkSql(source, MODULE_NAMES),
      ...checkImports(source, MODULE_NAMES),
    ]),
    ...checkTree(sources, new Set(paths), MODULE_NAMES),
  ];
}

/** Every file that is or would be committed. */
export function repositoryPaths(): string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  return execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile());
}

/** The texts that people write: no generated lists, no fixtures. */
export function readTexts(paths: readonly string[]): Source[] {
  return paths
    .filter((path) => TEXT.test(path) && !/(package-lock\.json|(^|\/)fixtures\/.*)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

function main(only: readonly string[]): void {
  const paths = repositoryPaths();
  const findings = tidy(readTexts(paths), paths).filter(
    ({ path }) => only.length === 0 || only.some((start) => path.startsWith(start)),
  );
  for (const { path, line, message } of findings) console.log(`${path}:${line}  ${message}`);
  if (findings.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
