import { type Fen, fen, sum } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { type SettledBill, settleBills } from '../../billing/index.ts';
import { type AccountCode, account, type NewTransfer, postTransfers } from '../../ledger/index.ts';
import { creditPrepayment, prepaymentChanged } from '../../prepayment/index.ts';
import { reach } from '../checkpoints.ts';
import { deskAccount } from '../desk-account.ts';
import { caseNoOf } from '../domain/case-no.ts';
import { paymentPaid, surplusOpened } from '../events.ts';
import { keyIdOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { insertSurplus, type NewSurplus } from '../store/booking-store.ts';
import type { LockedPayment, StateChange } from '../store/payment-store.ts';
import { type NewSettlement, saveSettlement } from '../store/settlement-store.ts';
import type { BookDeps, Booking, Situation } from './situation.ts';

/** Settles the bills with collected money; what no longer fits a bill goes to suspense. */
export async function settleProof(tx: Tx, deps: BookDeps, situation: Situation): Promise<Booking> {
  const { payment, lines } = situation;
  if (!payment || (lines.length === 0 && payment.topUpFen === 0)) {
    throw new Error('without its payment an order cannot settle');
  }
  const bills = await settleBills(tx, { paymentId: payment.id, lines });
  reach(deps, 'payment.book.settled');
  const rest = sum([...bills.map(({ restFen }) => restFen), situation.remainderFen ?? fen(0)]);
  const given = sum([...bills.map(({ settledFen }) => settledFen), rest, payment.topUpFen]);
  if (given !== payment.amountFen) throw new Error(`payment ${payment.id} settled ${given} fen`);
  const now = deps.clock.now();
  const surplus = rest > 0 ? await surplusOf(tx, situation, rest, now) : undefined;
  await Promise.all([
    postTransfers(tx, deps, {
      key: `payment.collect:${situation.key}`,
      kind: 'payment.collect',
      sourceId: payment.id,
      postedAt: now,
      transfers: transfersOf(moneyAccountOf(situation, payment), bills, rest, payment),
    }),
    saveSettlement(tx, settlementOf(tx, { ...situation, payment }, { bills, surplus, now })),
    creditTopUp(tx, deps, payment, situation.actor),
    surplus && insertSurplus(tx, surplus),
    surplus && publish(tx, deps.clock, surplusOpened(surplus.id)),
    publish(tx, deps.clock, paymentPaid(payment.id)),
  ]);
  reach(deps, 'payment.book.written');
  return {
    outcome: surplus ? 'split' : 'settled',
    paymentId: payment.id,
    surplusId: surplus?.id ?? null,
  };
}

/** Where the money lies: with the channel, in the bank, or at the desk. */
function moneyAccountOf({ proof, moneyAccount }: Situation, payment: LockedPayment): AccountCode {
  if (moneyAccount) return moneyAccount;
  return proof.merchantAccountId === null
    ? deskAccount(proof.channel, payment.communityId)
    : account.channel(proof.merchantAccountId);
}

/** Bills are locked before balances; here they are settled already. */
async function creditTopUp(
  tx: Tx,
  deps: BookDeps,
  { id, unitId, communityId, topUpFen }: LockedPayment,
  actor: string,
): Promise<void> {
  if (topUpFen === 0) return;
  const move = { sourceId: id, reason: 'paid', actor, at: deps.clock.now() };
  await creditPrepayment(tx, {
    ...move,
    unitId,
    communityId,
    amountFen: topUpFen,
    paymentId: id,
  });
  await publish(tx, deps.clock, prepaymentChanged(id, unitId));
}

function transfersOf(
  debit: AccountCode,
  bills: readonly SettledBill[],
  rest: Fen,
  { communityId: ofUnit, topUpFen }: LockedPayment,
): NewTransfer[] {
  const credits = new Map<AccountCode, Fen>();
  const credit = (to: AccountCode, amountFen: Fen) => {
    if (amountFen > 0) credits.set(to, fen((credits.get(to) ?? 0) + amountFen));
  };
  for (const { communityId, feeItemId, settledFen } of bills) {
    credit(account.receivable(communityId, feeItemId), settledFen);
  }
  credit(account.prepayment(ofUnit), topUpFen);
  credit(account.suspense(), rest);
  return [...credits].map(([to, amountFen]) => ({ debit, credit: to, amountFen }));
}

async function surplusOf(
  tx: Tx,
  { proof, payment, attempt, remainderFen }: Situation,
  amountFen: Fen,
  now: Date,
): Promise<NewSurplus> {
  const id = newId(now);
  const { timeZone } = await companyOf(tx);
  return {
    id,
    caseNo: caseNoOf(dayOf(now, timeZone), id),
    reason: remainderFen ? 'transfer-remainder' : 'bill-not-payable',
    amountFen,
    channel: proof.channel,
    merchantAccountId: proof.merchantAccountId,
    orderNo: proof.orderNo,
    tradeNo: proof.tradeNo,
    paymentId: payment?.id ?? null,
    attemptId: attempt?.id ?? null,
    openedAt: now,
  };
}

interface Settled {
  readonly bills: readonly SettledBill[];
  readonly surplus: NewSurplus | undefined;
  readonly now: Date;
}

function settlementOf(
  tx: Tx,
  situation: Situation & { readonly payment: LockedPayment },
  { bills, surplus, now }: Settled,
): NewSettlement {
  const { proof, payment, attempt, actor, key } = situation;
  const change = { paymentId: payment.id, to: 'paid', reason: proof.source, actor };
  const changes: StateChange[] = [
    { ...change, id: newId(now), attemptId: null, from: payment.state },
    ...(attempt ? [{ ...change, id: newId(now), attemptId: attempt.id, from: attempt.state }] : []),
  ];
  return {
    paymentId: payment.id,
    attemptId: attempt?.id ?? null,
    proofId: proof.id,
    tradeNo: proof.tradeNo,
    paidAt: proof.paidAt,
    at: now,
    reason: proof.source,
    lines: bills,
    changes,
    key: {
      id: keyIdOf(tx.companyId, key),
      key,
      outcome: surplus ? 'split' : 'settled',
      amountFen: payment.amountFen,
      surplusId: surplus?.id ?? null,
    },
  };
}
