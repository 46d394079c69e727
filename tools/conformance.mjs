// `npm run conformance` runs the one suite that every payment channel passes; `npm run
// conformance -- alipay` that of one channel. It ends with 1 when a promise is broken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';

const drivers = 'tests/conformance/drivers';
const known = readdirSync(join(ROOT, drivers)).map((file) => file.replace(/\.ts$/, ''));
const wanted = process.argv.slice(2);
const strange = wanted.filter((channel) => !known.includes(channel));
if (strange.length > 0) {
  console.error(`没有渠道 ${strange.join('、')}。可用：${known.join('、')}`);
  process.exit(1);
}
const files = (wanted.length > 0 ? wanted : known).map((channel) => `${drivers}/${channel}.ts`);
const reporter = join(ROOT, 'tests/conformance/table-reporter.ts');
const child = spawn(
  join(ROOT, 'node_modules/.bin/vitest'),
  ['run', '--project=server', `--reporter=${reporter}`, ...files],
  { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
