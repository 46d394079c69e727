import { execSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { searchForBreaches } from './machine.ts';
import type { Reached } from './run.ts';
import { givenPropertySystem } from './system.ts';

const system = await givenPropertySystem();
afterAll(() => system.close());

test('whatever happens in whatever order: promises 1 to 6 hold', async () => {
  const reached: Reached = new Map();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const runs = Number(process.env.WUYE_RUNS ?? 100);
  try {
    let done = 0;
    let t = performance.now();
    await searchForBreaches({
      system,
      seed: Number(process.env.WUYE_SEED ?? 1),
      runs,
      reached,
      onRun: () => {
        done += 1;
        if (done % 250 === 0) {
          console.log(done, performance.now() - t);
          t = performance.now();
        }
      },
      path: process.env.WUYE_PATH,
    });
  } finally {
    const db = /([^/?]+)(\?|$)/.exec(system.urls.app)?.[1];
    console.log(
      db,
      execSync(
        `ps -eo time,cputimes,args | grep '${db}' | grep -v grep | awk '{s+=$2} END {print s}'`,
      ).toString(),
    );
    const used = process.cpuUsage(cpu);
    console.log(
      (performance.now() - started) / runs,
      'ms a run; cpu',
      (used.user + used.system) / 1000 / runs,
    );
    console.log(
      [...reached]
        .sort()
        .map(([name, times]) => `${times}\t${name}`)
        .join('\n'),
    );
  }
  expect(reached.size).toBeGreaterThan(10);
}, 600_000);
