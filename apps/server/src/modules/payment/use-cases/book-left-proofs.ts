import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import type { Proof } from '../domain/proof.ts';
import { maxDoubts, unbookedBatch } from '../limits.ts';
import { type Attempt, attemptOfOrder } from '../store/attempt-store.ts';
import {
  companiesWithUnbooked,
  endDoubt,
  postponeUnbooked,
  type UnbookedProof,
  unbookedProofs,
} from '../store/proof-store.ts';
import { bookReversal } from './book-reversal.ts';
import { bookKept, confirmPayment } from './confirm-payment.ts';

const firstDelayMs = 5000;
const maxDelayMs = 3_600_000;

/**
 * Books the proofs that were stored and not booked, because a crash or a failure came between,
 * and asks the channel about those in doubt.
 */
export async function bookLeftProofs(input: PaymentInputDeps): Promise<void> {
  const deps = withChannels(input);
  const now = deps.clock.now();
  for (const companyId of await companiesWithUnbooked(deps.jobsDb.global, now)) {
    const waiting = await deps.db.read(companyId, (tx) => unbookedProofs(tx, now, unbookedBatch));
    for (const unbooked of waiting) await workOff(deps, companyId, unbooked);
  }
}

async function workOff(
  deps: PaymentDeps,
  companyId: string,
  { proof, tries, isDoubtful }: UnbookedProof,
): Promise<void> {
  try {
    if (isDoubtful) await askTheChannel(deps, companyId, proof, tries);
    else await bookKept(deps, companyId, proof);
  } catch (error) {
    deps.log.error(
      { err: error, companyId, proofId: proof.id, tries, alarm: 'payment-unbooked' },
      'a stored proof could not be booked',
    );
    const delayMs = Math.min(firstDelayMs * 2 ** Math.min(tries, 20), maxDelayMs);
    const dueAt = new Date(deps.clock.now().getTime() + delayMs);
    await deps.db.transaction(companyId, (tx) =>
      postponeUnbooked(tx, proof.id, { dueAt, error: String(error).slice(0, 500) }),
    );
  }
}

/** The channel's own books decide between messages; without its word the case stays as it is. */
async function askTheChannel(
  deps: PaymentDeps,
  companyId: string,
  proof: Proof,
  tries: number,
): Promise<void> {
  const { merchantAccountId, orderNo } = proof;
  if (merchantAccountId === null) throw new Error(`proof ${proof.id} is of no channel`);
  const attempt = await deps.db.read(companyId, (tx) => attemptOfOrder(tx, orderNo));
  const state = await deps.channels.queryTrade(deps, {
    companyId,
    merchantAccountId,
    orderNo,
    // Of an order that is not ours the proof alone tells.
    product: attempt?.product ?? 'jsapi',
    amountFen: attempt?.amountFen ?? proof.amountFen,
    requestedAt: attempt?.requestedAt ?? proof.paidAt,
    expiresAt: attempt?.expiresAt ?? proof.paidAt,
    // A code that we gave up was never known as paid: its reversal must not look like a refund.
    tradeNo: isGivenUp(attempt) ? null : proof.tradeNo,
  });
  if (isGivenUp(attempt) && state.state === 'closed') {
    await bookReversal(deps, companyId, { ...attempt, amountFen: proof.amountFen });
    await deps.db.transaction(companyId, (tx) => endDoubt(tx, proof.id));
    return;
  }
  if (state.state === 'paid') {
    await confirmPayment(deps, { companyId, source: 'query', trade: state.trade });
  }
  const isAnswered = state.state === 'paid' && state.trade.tradeNo === proof.tradeNo;
  if (!isAnswered && tries < maxDoubts) {
    throw new Error(`trade ${proof.tradeNo} is in doubt: the channel says ${state.state}`);
  }
  await deps.db.transaction(companyId, (tx) => endDoubt(tx, proof.id));
}

function isGivenUp(attempt: Attempt | undefined): attempt is Attempt {
  return attempt?.product === 'code' && attempt.state === 'closed';
}
