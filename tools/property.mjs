// `npm run property -- --runs 1000000 --seed 7` searches for interleavings of payments and refunds
// that break a promise; a failure prints the command with `--path` that plays it again.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './build.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    path: { type: 'string' },
  },
});
const runs = values.path ? 1 : Number(values.runs);
const wish = { runs, seed: Number(values.seed), path: values.path };
if (!Number.isInteger(wish.runs) || wish.runs < 1 || !Number.isInteger(wish.seed)) {
  console.error('--runs and --seed are whole numbers');
  process.exit(2);
}
console.log(`seed ${wish.seed}, ${wish.path ? 'one failure again' : `${wish.runs} runs`}`);
const config = 'tests/flows/property/command.config.ts';
const child = spawn(join(ROOT, 'node_modules/.bin/vitest'), ['run', '--config', config], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, WUYE_PROPERTY: JSON.stringify(wish) },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
