import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../apps/server/src/platform/errors.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'apps/server/src');
const ERRORS_PAGE = join(ROOT, 'docs/errors.md');

const HEAD = `# Error codes

Written by \`npm run errors\` from the declarations in \`apps/server/src/**/errors.ts\`;
do not edit. Every error answers as
\`{ "error": { "code", "message", "retry", "problems", "requestId" } }\`.
"Again" says whether sending the same request again can succeed.
`;

/** The page that lists every error code: its status, what it means and what to do. */
async function errorsPage(): Promise<string> {
  const sections: string[] = [];
  const declaredIn = new Map<string, string>();
  for (const file of errorFiles()) {
    const owner = /(?:modules\/)?([\w-]+)(?:\/[\w-]+)*\/errors\.ts$/.exec(file)?.[1] ?? file;
    const rows: string[] = [];
    for (const error of await errorsOf(file)) {
      const twin = declaredIn.get(error.code);
      if (twin) throw new Error(`${error.code} is declared in ${twin} and in ${file}`);
      declaredIn.set(error.code, file);
      const { status, retry, zh, en } = error.definition;
      rows.push(`| \`${error.code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${zh} | ${en} |`);
    }
    if (rows.length > 0) sections.push(section(owner, rows));
  }
  return `${HEAD}\n${sections.join('\n')}`;
}

function section(owner: string, rows: readonly string[]): string {
  const head = '| code | status | again | 中文 | meaning and what to do |\n|---|---|---|---|---|';
  return `## ${owner}\n\n${head}\n${rows.join('\n')}\n`;
}

function errorFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('errors.ts') && !path.includes('.test.'))
    .sort();
}

/** Every table that the file exports has one function per code, which makes the error. */
async function errorsOf(file: string): Promise<AppError[]> {
  const exported = (await import(pathToFileURL(join(SOURCE, file)).href)) as object;
  return Object.values(exported)
    .filter((table) => typeof table === 'object' && table !== null)
    .flatMap((table: object) => Object.values(table))
    .flatMap((make: unknown) => {
      const error: unknown = typeof make === 'function' ? make() : undefined;
      return error instanceof AppError ? [error] : [];
    });
}

async function main(isCheck: boolean): Promise<void> {
  const page = await errorsPage();
  if (!isCheck) return writeFileSync(ERRORS_PAGE, page);
  const recorded = existsSync(ERRORS_PAGE) ? readFileSync(ERRORS_PAGE, 'utf8') : '';
  if (recorded === page) return;
  console.log('docs/errors.md is not what the declarations say: run `npm run errors`');
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.includes('--check'));
}
