import { AppError } from '../../../apps/server/src/platform/errors.ts';
import type { TestSystem } from '../../../apps/server/test/harness.ts';
import { makeCompanies } from '../property/companies.ts';
import { tell } from '../property/play.ts';
import { beginning, comeToRest, look, processOf } from '../property/run.ts';
import type { Snapshot } from '../property/snapshot.ts';
import type { Stage } from '../property/stage.ts';
import type { WalletNotice } from '../property/wallet.ts';
import { allWallets } from '../property/world.ts';

/** Callers at once. */
export const many = 32;

let made = 0;

/** A company of its own with a home of four bills, a parking space of one, and two wallets, for one race. */
export async function givenRace(system: TestSystem) {
  made += 1;
  const [company] = await makeCompanies(system.urls.owner, { from: 2_000_000 + made, count: 1 });
  if (!company) throw new Error('no company was made');
  const script = { prelude: 'nothing', hasPolicy: false, batches: [], ending: 'sweep' } as const;
  const run = beginning({ system, company, script, reached: new Map() });
  const process = processOf(run, undefined);
  const { world } = run;
  return {
    world,
    process,
    company,
    /** What the committed books say now; every promise that holds at any instant is checked. */
    look: () => look(run),
    stage: async (): Promise<Stage> => ({ ...run, process, seen: await look(run) }),
    /** Everything that the channels have to tell, told once. */
    notices: () =>
      allWallets(world).flatMap((wallet) =>
        wallet
          .notices()
          .map((notice: WalletNotice) => () => tell({ ...run, process }, wallet, notice)),
      ),
    /** Lets everything come to an end: promises 1 to 6 hold, and repeats change nothing. */
    async rest(): Promise<Snapshot> {
      await comeToRest(run);
      return await look(run);
    },
  };
}

export type Race = Awaited<ReturnType<typeof givenRace>>;

/** What became of each caller: done, or the code it was refused with. */
export async function together(calls: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const results = await Promise.allSettled(shuffled(calls).map((call) => call()));
  return results.map((result) => {
    if (result.status === 'fulfilled') return 'done';
    if (result.reason instanceof AppError) return result.reason.code;
    throw result.reason;
  });
}

export const times = (count: number, call: (index: number) => Promise<unknown>) =>
  Array.from({ length: count }, (_none, index) => () => call(index));

/** Mixed up the same way each time: nobody is first for standing first in the text. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const step = 7; // No divisor of the counts in use, so that each is taken once.
  const isWhole = items.length % step !== 0;
  return isWhole ? items.map((_, at) => items[(at * step) % items.length] as Item) : [...items];
}

/** The balance of an account on its normal side, and how many rows are in a state. */
export const counted = (rows: readonly { readonly state: string }[], state: string) =>
  rows.filter((row) => row.state === state).length;
