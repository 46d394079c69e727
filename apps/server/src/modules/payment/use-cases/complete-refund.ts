import type { Fen } from '@wuye-pay/money';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { chargeAccount, type RefundedBill, refundBills } from '../../billing/index.ts';
import { type AccountCode, account, postTransfers } from '../../ledger/index.ts';
import { reach } from '../checkpoints.ts';
import { paymentRefunded } from '../events.ts';
import { refundKeyIdOf } from '../proof-key.ts';
import { collectedIn } from '../queries/collected-in.ts';
import { resolveCase } from '../store/case-store.ts';
import { endRefundAttempt, type RefundAttempt } from '../store/refund-attempt-store.ts';
import { insertRefundKey } from '../store/refund-proof-store.ts';
import {
  moveRefund,
  moveReservation,
  type PayOut,
  recordRefundChange,
} from '../store/refund-store.ts';
import { completeTopUp } from './move-top-up.ts';
import type { RefundSituation } from './refund-situation.ts';
import type { BookDeps } from './situation.ts';

/** How we know that the money went back. */
export interface RefundDone {
  /** Exactly-once key; undefined for what was booked before and is adopted now. */
  readonly key: string | undefined;
  readonly attempt: RefundAttempt | undefined;
  readonly channelRefundNo: string | undefined;
  readonly refundedAt: Date;
  /** A word of `refundReasons`. */
  readonly reason: string;
  readonly actor: string;
  readonly payout?: PayOut;
}

/**
 * The money is back with its payer: bills reopen or close, cases are resolved, the books follow,
 * once. The caller holds payment, cases and refund; bills are locked here, in key order.
 */
export async function completeRefund(
  tx: Tx,
  deps: BookDeps,
  situation: RefundSituation,
  done: RefundDone,
): Promise<void> {
  const { refund, lines } = situation;
  const at = deps.clock.now();
  const bills = refund.billEffect
    ? await refundBills(tx, { refundId: refund.id, effect: refund.billEffect, at, lines })
    : [];
  reach(deps, 'refund.book.bills');
  await moveReservation(tx, lines, 'complete');
  await completeTopUp(tx, deps, refund, situation.payment);
  await resolveCases(tx, situation, at);
  const transfers = transfersOf(situation, bills, await moneyAccountOf(tx, situation));
  if (transfers.length > 0) {
    await postTransfers(tx, deps, {
      key: `payment.refund:${refund.id}`,
      kind: 'payment.refund',
      sourceId: refund.id,
      postedAt: at,
      transfers,
    });
  }
  await writeEnd(tx, deps, situation, done, at);
  reach(deps, 'refund.book.written');
}

async function writeEnd(
  tx: Tx,
  deps: BookDeps,
  { refund }: RefundSituation,
  done: RefundDone,
  at: Date,
): Promise<void> {
  const { attempt, key, reason, actor, payout, channelRefundNo } = done;
  const change = { refundId: refund.id, to: 'refunded', reason, note: null, actor };
  await moveRefund(tx, refund.id, {
    from: ['approved', 'processing', 'refused', 'failed'],
    to: 'refunded',
    at,
    refundedAt: done.refundedAt,
    payout,
  });
  await recordRefundChange(tx, at, {
    ...change,
    id: newId(at),
    attemptId: null,
    from: refund.state,
  });
  if (attempt) {
    await endRefundAttempt(tx, attempt.id, { to: 'refunded', at, answer: reason, channelRefundNo });
    await recordRefundChange(tx, at, {
      ...change,
      id: newId(at),
      attemptId: attempt.id,
      from: attempt.state,
    });
  }
  if (key !== undefined) {
    await insertRefundKey(tx, {
      id: refundKeyIdOf(tx.companyId, key),
      key,
      outcome: 'refunded',
      amountFen: refund.amountFen,
      refundId: refund.id,
      caseId: null,
      at,
    });
  }
  await publish(tx, deps.clock, paymentRefunded(refund.id, refund.paymentId));
}

async function resolveCases(tx: Tx, { refund }: RefundSituation, at: Date): Promise<void> {
  const { amountFen, refundName, kind } = refund;
  const words = kind === 'adopted' ? `认领退款 ${refundName}` : `原路退款 ${refundName}`;
  for (const caseId of [refund.caseId, refund.adoptedCaseId]) {
    if (caseId !== null) await resolveCase(tx, caseId, { amountFen, at, resolution: words });
  }
}

/** Out of which the money went: with the channel, in a drawer, in the bank. */
async function moneyAccountOf(tx: Tx, { refund }: RefundSituation): Promise<AccountCode> {
  if (refund.kind === 'adopted') return account.suspense();
  if (refund.merchantAccountId !== null) return account.channel(refund.merchantAccountId);
  return await collectedIn(tx, refund);
}

interface Move {
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountFen: Fen;
}

/**
 * Debit what the money was for, credit where it lay. What was adopted left the channel when it was
 * reported, against suspense; a case that is offset with it moves nothing more.
 */
function transfersOf(
  { refund, payment }: RefundSituation,
  bills: readonly RefundedBill[],
  credit: AccountCode,
): Move[] {
  if (refund.caseId !== null) {
    const isOffset = refund.kind === 'adopted';
    return isOffset ? [] : [{ debit: account.suspense(), credit, amountFen: refund.amountFen }];
  }
  const debits = new Map<AccountCode, number>();
  for (const bill of bills) {
    const debit =
      refund.billEffect === 'close'
        ? chargeAccount(bill)
        : account.receivable(bill.communityId, bill.feeItemId);
    debits.set(debit, (debits.get(debit) ?? 0) + bill.amountFen);
  }
  if (refund.topUpFen > 0 && payment) {
    debits.set(account.prepayment(payment.communityId), refund.topUpFen);
  }
  return [...debits].map(([debit, amount]) => ({ debit, credit, amountFen: amount as Fen }));
}
