import { test } from 'vitest';
import { searchForBreaches } from './machine.ts';
import type { Reached } from './run.ts';
import { givenPropertySystem } from './system.ts';

/** What `npm run property` was asked for, as JSON in WUYE_PROPERTY. */
interface Wish {
  readonly runs: number;
  readonly seed: number;
  /** Of one failure, to see it again. */
  readonly path?: string;
}

const wish = JSON.parse(process.env['WUYE_PROPERTY'] ?? '{"runs":1000,"seed":1}') as Wish;
/** A database gets slow and large with the runs that it holds: each lot has a fresh one. */
const lot = 2500;
const seedsOfLot = 1000;
const progressEveryMs = 10_000;

test('promises 1 to 6 hold whatever happens', { timeout: 0 }, async () => {
  const reached: Reached = new Map();
  const startedAt = performance.now();
  let done = 0;
  const tell = () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = (done / seconds).toFixed(1);
    process.stdout.write(`${done} of ${wish.runs} runs, ${rate} a second, no breach\n`);
  };
  const timer = setInterval(tell, progressEveryMs);
  try {
    for (let from = 0; from < wish.runs; from += lot) {
      const system = await givenPropertySystem();
      try {
        await searchForBreaches({
          system,
          reached,
          seed: wish.seed + (from / lot) * seedsOfLot,
          runs: Math.min(lot, wish.runs - from),
          path: wish.path,
          onRun: () => {
            done += 1;
          },
        });
      } finally {
        await system.close();
      }
    }
    tell();
  } finally {
    clearInterval(timer);
    const rows = [...reached].sort(([a], [b]) => (a < b ? -1 : 1));
    process.stdout.write(rows.map(([name, times]) => `${times}\t${name}\n`).join(''));
  }
});
