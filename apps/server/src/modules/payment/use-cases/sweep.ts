import { randomUUID } from 'node:crypto';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { nextCheckAt } from '../domain/schedule.ts';
import { inParallel } from '../in-parallel.ts';
import { claimMs, parallelCompanies, parallelQueries } from '../limits.ts';
import {
  type Attempt,
  claimDueAttempts,
  companiesWithDueAttempts,
  scheduleCheck,
} from '../store/attempt-store.ts';
import { resolveAttempt } from './resolve-attempt.ts';

const actor = 'payment.sweep';

/** Asks the channels about every order that is due, and closes those whose time is over. */
export async function sweepAttempts(input: PaymentInputDeps): Promise<void> {
  const deps = withChannels(input);
  const companies = await companiesWithDueAttempts(deps.jobsDb.global, deps.clock.now());
  // Several at once: a channel that does not answer keeps its own company waiting, not the others.
  await inParallel(companies, parallelCompanies, async (companyId) => {
    try {
      await sweepCompany(deps, companyId);
    } catch (error) {
      deps.log.error({ err: error, companyId }, 'the orders of a company were not checked');
    }
  });
}

async function sweepCompany(deps: PaymentDeps, companyId: string): Promise<void> {
  const now = deps.clock.now();
  const token = randomUUID();
  const until = new Date(now.getTime() + claimMs);
  const attempts = await deps.db.transaction(companyId, (tx) =>
    claimDueAttempts(tx, { token, now, until }),
  );
  if (attempts.length > 0) reach(deps, 'payment.sweep.claimed');
  await inParallel(attempts, parallelQueries, (attempt) =>
    checkAttempt(deps, companyId, attempt, token),
  );
}

/** One order that cannot be asked about must not keep the others waiting. */
async function checkAttempt(
  deps: PaymentDeps,
  companyId: string,
  attempt: Attempt,
  token: string,
): Promise<void> {
  const isExpired = deps.clock.now() >= attempt.expiresAt;
  const close = isExpired ? 'expired' : undefined;
  try {
    const resolved = await resolveAttempt(deps, { companyId, attempt, close, actor });
    if (resolved === 'ended') return;
  } catch (error) {
    deps.log.error({ err: error, companyId, orderNo: attempt.orderNo }, 'an order was not checked');
  }
  const at = nextCheckAt(attempt, deps.clock.now());
  await deps.db.transaction(companyId, (tx) => scheduleCheck(tx, attempt.id, { token, at }));
}
