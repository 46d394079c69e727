import type { Tx } from '../../../platform/database/index.ts';
import { reach } from '../checkpoints.ts';
import { type Decision, decide } from '../domain/decide.ts';
import type { Proof } from '../domain/proof.ts';
import { correctedKeyOf } from '../proof-key.ts';
import { deleteUnbooked, markDoubtful } from '../store/proof-store.ts';
import { concludeOrder } from './conclude-order.ts';
import { postSurplus, reverseSurplus } from './post-surplus.ts';
import { settleProof } from './settle-proof.ts';
import { type BookDeps, type Booking, lockAndRead, type Situation } from './situation.ts';

/**
 * Books a stored proof in the caller's transaction, once: every fen that it tells of settles a
 * bill or lies in suspense with a case. Locks payment, then bills in key order. Three trips to
 * the database: lock and read, settle, write.
 */
export async function bookProof(tx: Tx, deps: BookDeps, proof: Proof): Promise<Booking> {
  const situation = await lockAndRead(tx, proof);
  reach(deps, 'payment.book.locked');
  return await actOn(tx, deps, situation);
}

async function actOn(tx: Tx, deps: BookDeps, situation: Situation): Promise<Booking> {
  const decision = decisionOf(situation);
  reach(deps, `payment.decided.${decision.kind}`);
  switch (decision.kind) {
    case 'settle':
      return await settleProof(tx, deps, situation);
    case 'surplus':
      return await toSuspense(tx, deps, situation, decision);
    case 'repeat':
      await deleteUnbooked(tx, situation.proof.id);
      return asBefore(situation, 'repeat');
    case 'conclude':
      await concludeOrder(tx, deps, situation, decision.closeReason);
      return asBefore(situation, 'concluded');
    case 'correct':
      return await correct(tx, deps, situation);
    case 'contradiction':
      await leaveToTheChannel(tx, deps, situation);
      return asBefore(situation, 'contradiction');
  }
}

function decisionOf({ proof, payment, attempt, booked }: Situation): Decision {
  const { surplusReason: reason, surplusState: state } = booked ?? {};
  return decide(
    proof,
    booked && {
      outcome: booked.outcome,
      amountFen: booked.amountFen,
      surplus: reason && state ? { reason, state } : null,
    },
    payment &&
      attempt && {
        paymentState: payment.state,
        attemptState: attempt.state,
        merchantAccountId: attempt.merchantAccountId,
        amountFen: attempt.amountFen,
      },
  );
}

async function toSuspense(
  tx: Tx,
  deps: BookDeps,
  situation: Situation,
  { reason, isFinal }: Extract<Decision, { kind: 'surplus' }>,
): Promise<Booking> {
  const booking = await postSurplus(tx, deps, situation, reason);
  const isOver = isFinal && reason === 'other-amount';
  if (isOver) await concludeOrder(tx, deps, situation, reason);
  return booking;
}

function asBefore({ booked }: Situation, outcome: Booking['outcome']): Booking {
  return { outcome, paymentId: booked?.paymentId ?? null, surplusId: booked?.surplusId ?? null };
}

/** The channel's own books name another amount than the notification that was booked. */
async function correct(tx: Tx, deps: BookDeps, situation: Situation): Promise<Booking> {
  const { booked, key } = situation;
  if (!booked?.surplusId) throw new Error(`trade ${key} has no case to correct`);
  await reverseSurplus(tx, deps, situation, {
    id: booked.surplusId,
    amountFen: booked.amountFen,
  });
  deps.log.warn({ key, companyId: tx.companyId }, 'a query corrected the amount of a notification');
  return await actOn(tx, deps, { ...situation, key: correctedKeyOf(key), booked: undefined });
}

/** Two messages of one trade differ in their amount: the channel is asked, nobody guesses. */
async function leaveToTheChannel(tx: Tx, deps: BookDeps, situation: Situation): Promise<void> {
  const { proof, key } = situation;
  deps.log.error(
    { companyId: tx.companyId, key, source: proof.source, alarm: 'payment-contradiction' },
    'two proofs of one trade name different amounts',
  );
  if (proof.source === 'notification') await markDoubtful(tx, proof.id, deps.clock.now());
  else await deleteUnbooked(tx, proof.id);
}
