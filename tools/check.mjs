// `npm run check`: every check that needs no test run. It goes on after a failure, so that one
// run shows everything; `npm test` counts each check as a test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './build.mjs';

const CHECKS = [
  { name: 'format', command: ['biome', 'check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types (server, tools)', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types (browser)', command: ['tsc', '-p', 'tsconfig.browser.json'] },
  {
    name: 'boundaries',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'apps', 'packages'],
    // With a compiler it does not understand the tool finds no module and no violation.
    accept: (output) => Number(/(\d+) modules/.exec(output)?.[1] ?? 0) > 0,
  },
  { name: 'unused files, exports and packages', command: ['knip'] },
  { name: 'house rules', command: ['tsx', 'tools/tidy.ts'] },
  { name: 'docs/errors.md is fresh', command: ['tsx', 'tools/errors.ts', '--check'] },
];

/** Runs the checks one after the other and prints a line for each. */
export async function runChecks() {
  let failed = 0;
  for (const check of CHECKS) {
    const startedAt = performance.now();
    const { code, output } = await run(check.command);
    const isGood = code === 0 && (check.accept?.(output) ?? true);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${isGood ? '✓' : '✗'} ${check.name} (${seconds} s)`);
    if (!isGood) {
      failed += 1;
      console.log(output.trimEnd().replace(/^/gm, '    '));
    }
  }
  return { passed: CHECKS.length - failed, failed, skipped: 0 };
}

async function run([program, ...args]) {
  const child = spawn(join(ROOT, 'node_modules/.bin', program), args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code, output };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await runChecks();
  if (failed > 0) process.exit(1);
}
