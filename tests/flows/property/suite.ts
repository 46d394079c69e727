import { afterAll, expect, test } from 'vitest';
import { branches } from './branches.ts';
import { searchForBreaches } from './machine.ts';
import type { Reached } from './run.ts';
import { givenPropertySystem } from './system.ts';

/** Runs of `npm test`, in parts that run beside each other: 10,000. */
const parts = 4;
const runsOfPart = 10_000 / parts;
/** The same every time, so that a failure of one machine is a failure of all. */
const firstSeed = 20_261_125;
/** Lanes of one part count on from its seed. */
const seedsOfPart = 1000;
/** Far beyond the minute that a part takes on quiet cores. */
const timeoutMs = 1_200_000;

/** One part of the search, with a database of its own; a file each, so that they share the cores. */
export async function definePart(part: number): Promise<void> {
  const system = await givenPropertySystem();
  afterAll(() => system.close());

  test(`${runsOfPart} interleavings: promises 1 to 6 hold whatever happens`, {
    timeout: timeoutMs,
  }, async () => {
    const reached: Reached = new Map();
    const seed = firstSeed + part * seedsOfPart;
    await searchForBreaches({ system, seed, runs: runsOfPart, reached });
    const never = branches.filter((name) => !reached.has(name));
    expect(never, 'branches that no run reached').toEqual([]);
  });
}
