import { afterAll, test } from 'vitest';
import { makeCompanies } from './companies.ts';
import { playRun } from './run.ts';
import type { Batch, Script, Step } from './steps.ts';
import { givenPropertySystem } from './system.ts';

/** The smallest scripts that once broke a promise, each kept for ever. */
const system = await givenPropertySystem();
afterAll(() => system.close());

const alone = (step: Step): Batch => ({ steps: [step], dieAt: undefined });

const scripts: readonly (readonly [story: string, script: Script])[] = [
  [
    'a notice names another amount of a refund whose money then comes back: the doubt ends',
    {
      prelude: 'refund-approved',
      hasPolicy: false,
      batches: [
        alone({ kind: 'progress', refund: 0 }),
        alone({ kind: 'notify', notice: 1, times: 1, isLie: true }),
        alone({ kind: 'bounce', refund: 0 }),
      ],
      ending: 'sweep',
    },
  ],
];

test.each(scripts)('%s', async (_story, script) => {
  const [company] = await makeCompanies(system.urls.owner, { from: 1_000_000, count: 1 });
  if (!company) throw new Error('no company was made');
  await playRun({ system, company, script, reached: new Map() });
});
