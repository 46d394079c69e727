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
import { insertRefundKey, type RefundProof } from '../store/refund-proof-store.ts';
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
