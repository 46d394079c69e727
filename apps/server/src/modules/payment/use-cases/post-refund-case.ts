import type { SurplusReason } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { publish } from '../../../platform/outbox/index.ts';
import { account, postTransfers } from '../../ledger/index.ts';
import { caseNoOf } from '../domain/case-no.ts';
import { surplusOpened } from '../events.ts';
import { refundKey, refundKeyIdOf, returnedKeyOf } from '../proof-key.ts';
import { companyOf } from '../queries/companies.ts';
import { attemptOfOrder } from '../store/attempt-store.ts';
import { insertSurplus } from '../store/booking-store.ts';
import { endRefundAttempt, type RefundAttempt } from '../store/refund-attempt-store.ts';
import { insertRefundKey, type RefundProof, refundKeys } from '../store/refund-proof-store.ts';
import { moveRefund, recordRefundChange } from '../store/refund-store.ts';
import type { RefundSituation } from './refund-situation.ts';
import type { BookDeps } from './situation.ts';

/** Money left us that we did not ask for: debited to suspense, with a case of its own. */
export async function postUnasked(
  tx: Tx,
  deps: BookDeps,
  proof: RefundProof,
  of: { readonly reason: SurplusReason; readonly paymentId: string | null },
): Promise<string> {
  const { merchantAccountId, amountFen, orderNo, refundNo, channel } = proof;
  if (merchantAccountId === null) throw new Error('only a channel refunds unasked');
  const at = deps.clock.now();
  const key = refundKey(proof);
  const attempt = await attemptOfOrder(tx, orderNo);
  const caseId = await openCase(tx, deps, {
    ...of,
    direction: 'out',
    channel,
    merchantAccountId,
    amountFen,
    orderNo,
    tradeNo: attempt?.channelTradeNo ?? null,
    refundNo,
    attemptId: attempt?.id ?? null,
  });
  await postTransfers(tx, deps, {
    key: `payment.refund-unasked:${key}`,
    kind: 'payment.refund-unasked',
    sourceId: caseId,
    postedAt: at,
    transfers: [
      { debit: account.suspense(), credit: account.channel(merchantAccountId), amountFen },
    ],
  });
  await insertRefundKey(tx, {
    id: refundKeyIdOf(tx.companyId, key),
    key,
    outcome: 'unasked',
    amountFen,
    refundId: null,
    caseId,
    at,
  });
  return caseId;
}

/** A refund that had succeeded bounced: its money is ours again and belongs to nobody's bill. */
export async function postReturned(
  tx: Tx,
  deps: BookDeps,
  { refund }: RefundSituation,
  attempt: RefundAttempt,
  why: { readonly code: string; readonly message: string },
): Promise<string> {
  const { merchantAccountId, amountFen, channel, orderNo, tradeNo } = refund;
  if (merchantAccountId === null) throw new Error('only a channel gives money back to us');
  const at = deps.clock.now();
  const { refundNo } = attempt;
  const key = returnedKeyOf(refundKey({ channel, merchantAccountId, orderNo, refundNo }));
  const caseId = await openCase(tx, deps, {
    reason: 'refund-returned',
    paymentId: refund.paymentId,
    direction: 'in',
    channel,
    merchantAccountId,
    amountFen,
    orderNo,
    tradeNo,
    refundNo,
    attemptId: null,
  });
  await postTransfers(tx, deps, {
    key: `payment.refund-returned:${key}`,
    kind: 'payment.refund-returned',
    sourceId: caseId,
    postedAt: at,
    transfers: [
      { debit: account.channel(merchantAccountId), credit: account.suspense(), amountFen },
    ],
  });
  const id = refundKeyIdOf(tx.companyId, key);
  const booked = { id, key, outcome: 'returned', amountFen, caseId, at } as const;
  await insertRefundKey(tx, { ...booked, refundId: refund.id });
  const end = {
    to: 'returned',
    at,
    answer: 'failed',
    code: why.code,
    message: why.message,
  } as const;
  await endRefundAttempt(tx, attempt.id, end);
  await moveRefund(tx, refund.id, { from: ['refunded'], to: 'returned', at });
  await recordRefundChange(tx, at, {
    id: newId(at),
    refundId: refund.id,
    attemptId: null,
    from: 'refunded',
    to: 'returned',
    reason: 'returned',
    note: why.message,
    actor: channel,
  });
  return caseId;
}

/** A refund that we did not ask for, by the number that the channel knows it by. */
export interface StrayRefund {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly orderNo: string;
  readonly refundNo: string;
  readonly tradeNo: string | null;
  readonly paymentId: string | null;
}

/**
 * Money that had left us unasked, or as another amount, came back: it is ours again, with a case of
 * its own beside the one of its leaving. Once, however often it is told.
 * @returns undefined for a number that took nothing from us, or whose return is booked
 */
export async function postStrayReturned(
  tx: Tx,
  deps: BookDeps,
  stray: StrayRefund,
): Promise<string | undefined> {
  const { merchantAccountId } = stray;
  const left = refundKey(stray);
  const key = returnedKeyOf(left);
  const [leftId, id] = [refundKeyIdOf(tx.companyId, left), refundKeyIdOf(tx.companyId, key)];
  const booked = await refundKeys(tx, [leftId, id]);
  const gone = booked.find(({ keyId, outcome }) => keyId === leftId && outcome === 'unasked');
  if (!gone || booked.some(({ keyId }) => keyId === id)) return undefined;
  const at = deps.clock.now();
  const { amountFen } = gone;
  const of = { reason: 'refund-returned', direction: 'in', attemptId: null } as const;
  const caseId = await openCase(tx, deps, { ...stray, ...of, amountFen });
  await postTransfers(tx, deps, {
    key: `payment.refund-returned:${key}`,
    kind: 'payment.refund-returned',
    sourceId: caseId,
    postedAt: at,
    transfers: [
      { debit: account.channel(merchantAccountId), credit: account.suspense(), amountFen },
    ],
  });
  const returned = { id, key, outcome: 'returned', amountFen, caseId, at } as const;
  await insertRefundKey(tx, { ...returned, refundId: null });
  return caseId;
}

interface OpenedCase {
  readonly reason: SurplusReason;
  readonly direction: 'in' | 'out';
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly amountFen: Fen;
  readonly orderNo: string;
  readonly tradeNo: string | null;
  readonly refundNo: string;
  readonly paymentId: string | null;
  readonly attemptId: string | null;
}

async function openCase(tx: Tx, deps: BookDeps, opened: OpenedCase): Promise<string> {
  const openedAt = deps.clock.now();
  const id = newId(openedAt);
  const { timeZone } = await companyOf(tx);
  const caseNo = caseNoOf(dayOf(openedAt, timeZone), id);
  await insertSurplus(tx, { ...opened, id, caseNo, openedAt });
  await publish(tx, deps.clock, surplusOpened(id));
  return id;
}
