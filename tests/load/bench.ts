import { type BenchResult, printResult } from './report.ts';

/** Each is a file of this folder that exports `run`. */
const benches = [
  'bills',
  'payments',
  'notifications',
  'cashier',
  'mini',
  'reminders',
  'resident',
] as const;

const args = process.argv.slice(2);
const json = args.includes('--json');
const name = benches.find((bench) => bench === args[0]);
if (name === undefined) {
  process.stderr.write(`usage: npm run bench -- ${benches.join(' | ')} [--json]\n`);
  process.exitCode = 2;
} else {
  const module = (await import(new URL(`./${name}.ts`, import.meta.url).href)) as {
    run: () => Promise<BenchResult>;
  };
  printResult(await module.run(), json);
}
