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
  [
    'the clock steps back between two numbers of a refund: the newer one is sent all the same',
    {
      prelude: 'refund-of-less',
      hasPolicy: false,
      batches: [
        alone({ kind: 'wait', seconds: -600 }),
        alone({ kind: 'resume', refund: 0, how: 'reissue' }),
      ],
      ending: 'sweep',
    },
  ],
];

let made = 0;

test.each(scripts)('%s', async (_story, script) => {
  made += 1;
  const [company] = await makeCompanies(system.urls.owner, { from: 1_000_000 + made, count: 1 });
  if (!company) throw new Error('no company was made');
  await playRun({ system, company, script, reached: new Map() });
});
