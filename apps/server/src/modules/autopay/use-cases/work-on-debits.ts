import { randomUUID } from 'node:crypto';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { claimBatch, claimMs, laterMs, parallelCalls } from '../limits.ts';
import { claimDebits, companiesWithWork, workAgainAt } from '../store/debit-store.ts';
import { announce } from './announce-debit.ts';
import type { Held } from './held-debit.ts';
import { start } from './start-debit.ts';

/** Announces and starts the debits that are due. */
export async function workOnDebits(input: AutopayInputDeps): Promise<void> {
  const deps = withMandates(input);
  const companies = await companiesWithWork(deps.jobsDb.global, deps.clock.now());
  for (const companyId of companies) {
    try {
      await workOnCompany(deps, companyId);
    } catch (error) {
      deps.log.error({ err: error, companyId }, 'the debits of a company were not worked on');
    }
  }
}

async function workOnCompany(deps: AutopayDeps, companyId: string): Promise<void> {
  const now = deps.clock.now();
  const token = randomUUID();
  const until = new Date(now.getTime() + claimMs);
  const claim = { token, now, until, most: claimBatch };
  const debits = await deps.db.transaction(companyId, (tx) => claimDebits(tx, claim));
  const waiting = [...debits];
  const work = async () => {
    for (let debit = waiting.shift(); debit; debit = waiting.shift()) {
      await workOn(deps, { companyId, debit, token });
    }
  };
  await Promise.all(Array.from({ length: parallelCalls }, work));
}

/** One debit that cannot be worked on keeps nobody waiting. */
async function workOn(deps: AutopayDeps, held: Held): Promise<void> {
  const { companyId, debit, token } = held;
  try {
    await (debit.state === 'planned' ? announce(deps, held) : start(deps, held));
  } catch (error) {
    deps.log.error({ err: error, companyId, debitId: debit.id }, 'a debit was not worked on');
    const at = new Date(deps.clock.now().getTime() + laterMs);
    await deps.db.transaction(companyId, (tx) => workAgainAt(tx, debit.id, { at, token }));
  }
}
