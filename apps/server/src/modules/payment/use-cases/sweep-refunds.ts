import { randomUUID } from 'node:crypto';
import { reach } from '../checkpoints.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { nextRefundCheckAt } from '../domain/schedule.ts';
import { inParallel } from '../in-parallel.ts';
import { claimMs, parallelCompanies, parallelQueries, unbookedBatch } from '../limits.ts';
import {
  claimDueRefunds,
  companiesWithDueRefunds,
  type RefundAttempt,
  scheduleRefundCheck,
} from '../store/refund-attempt-store.ts';
import {
  companiesWithUnbookedRefunds,
  postponeUnbookedRefund,
  unbookedRefundProofs,
} from '../store/refund-proof-store.ts';
import { askAboutRefund } from './ask-about-refund.ts';
import { bookKeptRefund } from './confirm-refund.ts';
import { resolveRefund } from './resolve-refund.ts';
import { sendRefund } from './send-refund.ts';

/** Sends what was recorded and never sent, and asks about every refund number that is due. */
export async function sweepRefunds(input: PaymentInputDeps): Promise<void> {
  const deps = withChannels(input);
  const companies = await companiesWithDueRefunds(deps.jobsDb.global, deps.clock.now());
  await inParallel(companies, parallelCompanies, async (companyId) => {
    try {
      await sweepCompany(deps, companyId);
    } catch (error) {
      deps.log.error({ err: error, companyId }, 'the refunds of a company were not checked');
    }
  });
}

async function sweepCompany(deps: PaymentDeps, companyId: string): Promise<void> {
  const now = deps.clock.now();
  const token = randomUUID();
  const until = new Date(now.getTime() + claimMs);
  const attempts = await deps.db.transaction(companyId, (tx) =>
    claimDueRefunds(tx, { token, now, until }),
  );
  if (attempts.length > 0) reach(deps, 'refund.sweep.claimed');
  await inParallel(attempts, parallelQueries, (attempt) =>
    checkOne(deps, companyId, attempt, token),
  );
}

/** One number that cannot be asked about must not keep the others waiting. */
async function checkOne(
  deps: PaymentDeps,
  companyId: string,
  attempt: RefundAttempt,
  token: string,
): Promise<void> {
  try {
    const next = attempt.sends === 0 ? 'send' : await resolveRefund(deps, { companyId, attempt });
    if (next === 'send') await sendRefund(deps, companyId, attempt);
  } catch (error) {
    deps.log.error(
      { err: error, companyId, refundNo: attempt.refundNo },
      'a refund was not checked',
    );
  }
  const at = nextRefundCheckAt(attempt.requestedAt, deps.clock.now());
  await deps.db.transaction(companyId, (tx) => scheduleRefundCheck(tx, attempt.id, { token, at }));
}

const firstDelayMs = 5000;
const maxDelayMs = 3_600_000;

/** Books the proofs of refunds that were stored and not booked. */
export async function bookLeftRefundProofs(input: PaymentInputDeps): Promise<void> {
  const deps = withChannels(input);
  const now = deps.clock.now();
  for (const companyId of await companiesWithUnbookedRefunds(deps.jobsDb.global, now)) {
    const waiting = await deps.db.read(companyId, (tx) =>
      unbookedRefundProofs(tx, now, unbookedBatch),
    );
    for (const { proof, tries } of waiting) {
      const error = await tryToBook(deps, companyId, { proof, tries });
      if (error === undefined) continue;
      const delayMs = Math.min(firstDelayMs * 2 ** Math.min(tries, 20), maxDelayMs);
      const dueAt = new Date(deps.clock.now().getTime() + delayMs);
      await deps.db.transaction(companyId, (tx) =>
        postponeUnbookedRefund(tx, proof.id, { dueAt, error }),
      );
    }
  }
}

/** @returns why it is still not booked */
async function tryToBook(
  deps: PaymentDeps,
  companyId: string,
  { proof, tries }: Parameters<typeof askAboutRefund>[2],
): Promise<string | undefined> {
  try {
    const { outcome } = await bookKeptRefund(deps, companyId, proof);
    if (outcome !== 'waits') return undefined;
    const isDecided = await askAboutRefund(deps, companyId, { proof, tries });
    return isDecided ? undefined : 'the channel is asked about its amount';
  } catch (error) {
    deps.log.error(
      { err: error, companyId, proofId: proof.id, alarm: 'refund-unbooked' },
      'a stored proof of a refund could not be booked',
    );
    return String(error).slice(0, 500);
  }
}
