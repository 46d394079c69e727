import fc from 'fast-check';
import type { TestSystem } from '../../../apps/server/test/harness.ts';
import { makeCompanies, type RunCompany } from './companies.ts';
import { type Broken, playRun, type Reached } from './run.ts';
import { type Script, script } from './steps.ts';

/** Runs at the same time in one process: enough to keep database and processor busy. */
const lanes = 6;
/** Companies made at once. */
const batch = 250;

export interface Search {
  readonly system: TestSystem;
  readonly seed: number;
  readonly runs: number;
  readonly reached: Reached;
  readonly broken?: Broken | undefined;
  /** Off where it is enough to know that something breaks. */
  readonly shrinks?: boolean;
  /** Replays one failure instead of searching. */
  readonly path?: string | undefined;
  readonly onRun?: () => void;
}

/**
 * Plays `runs` random scripts, several at a time, each from a seed of its own, and throws with the
 * smallest script that breaks a promise and the command that plays it again.
 */
export async function searchForBreaches(search: Search): Promise<void> {
  const next = companiesOf(search.system);
  const { path, runs, seed } = search;
  const count = path === undefined ? Math.min(lanes, runs) : 1;
  const found: Found = { failure: undefined };
  await Promise.all(
    Array.from({ length: count }, async (_, lane) => {
      const numRuns = Math.floor(runs / count) + (lane < runs % count ? 1 : 0);
      await searchLane({ ...search, seed: seed + lane, runs: numRuns }, next, found);
    }),
  );
  if (found.failure) throw found.failure;
}

/** The first lane that finds something keeps looking for a smaller script; the others stop. */
interface Found {
  lane?: number;
  failure: Error | undefined;
}

async function searchLane(
  search: Search,
  next: () => Promise<RunCompany>,
  found: Found,
): Promise<void> {
  const { system, seed, runs: numRuns, reached, broken, path } = search;
  const property = fc.asyncProperty(script, async (given: Script) => {
    if (found.lane !== undefined && found.lane !== seed) return;
    try {
      await playRun({ system, company: await next(), script: given, reached, broken });
    } catch (error) {
      found.lane ??= seed;
      throw error;
    }
    search.onRun?.();
  });
  const result = await fc.check(property, {
    seed,
    numRuns,
    endOnFailure: search.shrinks === false,
    ...(path !== undefined && { path }),
  });
  if (!result.failed || found.lane !== seed) return;
  const replay = `npm run property -- --seed ${result.seed} --path ${result.counterexamplePath}`;
  const words = JSON.stringify(result.counterexample?.[0], undefined, 1);
  found.failure = new Error(`${String(result.errorInstance)}\n\n${words}\n\nAgain: ${replay}`, {
    cause: result.errorInstance,
  });
}

let made = 0;

/** Companies ahead of need; whoever comes while a batch is being made waits for it. */
function companiesOf({ urls }: TestSystem): () => Promise<RunCompany> {
  const ready: RunCompany[] = [];
  let making: Promise<void> | undefined;
  const make = async () => {
    const from = made;
    made += batch;
    ready.push(...(await makeCompanies(urls.owner, { from, count: batch })));
    making = undefined;
  };
  return async () => {
    for (;;) {
      const company = ready.pop();
      if (company) return company;
      making ??= make();
      await making;
    }
  };
}
