import type { SurplusReason } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { account, postTransfers } from '../../ledger/index.ts';
import { reach } from '../checkpoints.ts';
import { caseNoOf } from '../domain/case-no.ts';
import { correctedByQuery } from '../domain/wording.ts';
import { surplusOpened } from '../events.ts';
import { keyIdOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { insertProofKey, insertSurplus, resolveSurplus } from '../store/booking-store.ts';
import { deleteUnbooked, markDoubtful } from '../store/proof-store.ts';
import type { BookDeps, Booking, Situation } from './situation.ts';

/** Money that fits nowhere: suspense, with a case. No bill and no payment changes. */
export async function postSurplus(
  tx: Tx,
  deps: BookDeps,
  situation: Situation,
  reason: SurplusReason,
): Promise<Booking> {
  const { proof, key, payment, attempt } = situation;
  const { timeZone } = await companyOf(tx);
  const now = deps.clock.now();
  const id = newId(now);
  const paymentId = payment?.id ?? null;
  const isDoubtful = isToBeAsked(situation, reason);
  await Promise.all([
    postTransfers(tx, deps, {
      key: `payment.surplus:${key}`,
      kind: 'payment.surplus',
      sourceId: id,
      postedAt: now,
      transfers: [{ ...accountsOf(proof.merchantAccountId), amountFen: proof.amountFen }],
    }),
    insertSurplus(tx, {
      id,
      caseNo: caseNoOf(dayOf(now, timeZone), id),
      reason,
      amountFen: proof.amountFen,
      channel: proof.channel,
      merchantAccountId: proof.merchantAccountId,
      orderNo: proof.orderNo,
      tradeNo: proof.tradeNo,
      paymentId,
      attemptId: attempt?.id ?? null,
      openedAt: now,
    }),
    insertProofKey(tx, {
      id: keyIdOf(tx.companyId, key),
      key,
      outcome: 'surplus',
      amountFen: proof.amountFen,
      paymentId,
      surplusId: id,
      at: now,
    }),
    publish(tx, deps.clock, surplusOpened(id)),
    isDoubtful ? markDoubtful(tx, proof.id, now) : deleteUnbooked(tx, proof.id),
  ]);
  reach(deps, 'payment.book.written');
  return { outcome: 'surplus', paymentId, surplusId: id };
}

/**
 * The channel's own books decide about a pushed message that names another amount than the order,
 * and about a payer's code that we gave up: its money has gone back if it was reversed.
 */
function isToBeAsked({ proof, attempt }: Situation, reason: SurplusReason): boolean {
  if (attempt === undefined) return false;
  const isOtherAmount = proof.source === 'notification' && attempt.amountFen !== proof.amountFen;
  return isOtherAmount || (reason === 'closed-payment' && attempt.product === 'code');
}

/** Takes back what a notification had us book, because the channel's own books differ. */
export async function reverseSurplus(
  tx: Tx,
  deps: BookDeps,
  { proof }: Situation,
  surplus: { readonly id: string; readonly amountFen: Fen },
): Promise<void> {
  const now = deps.clock.now();
  const { debit, credit } = accountsOf(proof.merchantAccountId);
  await Promise.all([
    postTransfers(tx, deps, {
      key: `payment.surplus-reversed:${surplus.id}`,
      kind: 'payment.surplus-reversed',
      sourceId: surplus.id,
      postedAt: now,
      transfers: [{ debit: credit, credit: debit, amountFen: surplus.amountFen }],
    }),
    resolveSurplus(tx, surplus.id, { at: now, resolution: correctedByQuery }),
  ]);
}

function accountsOf(merchantAccountId: string | null) {
  if (merchantAccountId === null) throw new Error('only a channel reports money that fits nowhere');
  return { debit: account.channel(merchantAccountId), credit: account.suspense() };
}
