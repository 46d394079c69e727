// `npm test` runs everything; `npm test -- billing` the tests of one module. The last line is
// always `N passed, N failed, N skipped`: checks and builds count as tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, ROOT } from './build.mjs';
import { runChecks } from './check.mjs';
import { buildMiniPrograms, checkMiniTypes } from './mini.mjs';

const RESULTS = join(ROOT, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

const filters = process.argv.slice(2);
if (filters.length > 0) {
  await runUnitTests(filters.map(moduleFolder));
} else {
  heading('Checks');
  add(await runChecks());
  heading('Builds');
  const isBuilt = await counted('build', build);
  heading('Tests on a real PostgreSQL');
  await runUnitTests(['--coverage']);
  heading('Tests in a browser');
  if (isBuilt) await runPlaywright('browser', []);
  heading('Mini-programs');
  const isMiniBuilt = await counted('build', buildMiniPrograms);
  await counted('types', checkMiniTypes);
  if (isBuilt && isMiniBuilt)
    await runPlaywright('mini', ['-c', 'tests/mini/playwright.config.ts']);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Something that is a test by itself; what it returns is worth a line. */
async function counted(name, act) {
  try {
    const done = await act();
    console.log(`✓ ${name} (${done.join(', ') || 'up to date'})`);
    add({ passed: 1 });
    return true;
  } catch (error) {
    console.log(`✗ ${name}\n${error.message}`);
    add({ failed: 1 });
    return false;
  }
}

async function runUnitTests(args) {
  const report = reportFile('unit.json');
  const code = await run(
    ['vitest', 'run', '--reporter=default', '--reporter=json'],
    [`--outputFile.json=${report}`, ...args],
  );
  const result = readReport(report);
  addRun(code, 'vitest (no test found, a coverage threshold, or an error outside the tests)', {
    passed: result?.numPassedTests,
    failed: result?.numFailedTests,
    skipped: result ? result.numPendingTests + result.numTodoTests : 0,
  });
}

async function runPlaywright(name, args) {
  const report = reportFile(`${name}.json`);
  const code = await run(['playwright', 'test'], args);
  const stats = readReport(report)?.stats;
  addRun(code, 'playwright (see above)', {
    passed: stats && stats.expected + stats.flaky,
    failed: stats?.unexpected,
    skipped: stats?.skipped,
  });
}

/** A run can fail without a failed test: a threshold, a hook, a crash. It counts all the same. */
function addRun(code, what, counts) {
  add(counts);
  if (code === 0 || counts.failed > 0) return;
  console.log(`✗ ${what} ended with ${code}`);
  add({ failed: 1 });
}

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
}

async function run([program, ...fixed], args) {
  const child = spawn(join(ROOT, 'node_modules/.bin', program), [...fixed, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

function reportFile(name) {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** `billing` means the module of that name; anything else is a part of a path. */
function moduleFolder(filter) {
  const folder = join('apps/server/src/modules', filter);
  return existsSync(join(ROOT, folder)) ? `${folder}/` : filter;
}

function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(70 - text.length)}`);
}
