import type { RefundState } from '@wuye-pay/contract';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { PaymentDeps } from '../deps.ts';
import { nextRefundCheckAt } from '../domain/schedule.ts';
import { endRefundAttempt, noteAnswer, type RefundAttempt } from '../store/refund-attempt-store.ts';
import { moveRefund, recordRefundChange } from '../store/refund-store.ts';
import { postReturned, postStrayReturned } from './post-refund-case.ts';
import { lockSituation, type RefundSituation } from './refund-situation.ts';

/** What a channel said of a refund number, short of success. */
export type RefundAnswer =
  /** Taken, or nobody knows: it is asked about again. */
  | { readonly kind: 'under-way'; readonly isAccepted: boolean; readonly words: string }
  /** A clear no to a request: the same number may be sent again. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** This number moved nothing for good; or it did, and the money came back. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

interface Answered {
  readonly situation: RefundSituation;
  readonly attempt: RefundAttempt;
  readonly at: Date;
}

/** Records an answer under the refund's lock; what a faster message decided stays decided. */
export async function recordRefundAnswer(
  deps: PaymentDeps,
  companyId: string,
  { id, refundId }: Pick<RefundAttempt, 'id' | 'refundId'>,
  answer: RefundAnswer,
): Promise<void> {
  const caseId = await deps.db.transaction(companyId, async (tx) => {
    const situation = await lockSituation(tx, refundId);
    const attempt = situation.attempts.find((one) => one.id === id);
    if (!attempt) throw new Error(`no refund attempt ${id}`);
    const answered = { situation, attempt, at: deps.clock.now() };
    if (answer.kind === 'under-way') return await underWay(tx, answered, answer);
    if (answer.kind === 'refused') return await refused(tx, answered, answer);
    if (attempt.state === 'refunded' && situation.refund.state === 'refunded') {
      return await postReturned(tx, deps, situation, attempt, answer);
    }
    await failed(tx, answered, answer);
    return await strayReturned(tx, deps, answered);
  });
  void deps.live.announce({ companyId, topic: 'payment.refund', id: refundId });
  if (caseId) void deps.live.announce({ companyId, topic: 'payment.surplus', id: caseId });
}

async function underWay(
  tx: Tx,
  { situation, attempt, at }: Answered,
  { isAccepted, words }: Extract<RefundAnswer, { kind: 'under-way' }>,
): Promise<undefined> {
  const nextCheckAt = nextRefundCheckAt(attempt.requestedAt, at);
  const isNew = await noteAnswer(tx, attempt.id, { answer: words, at, isAccepted, nextCheckAt });
  const { refund } = situation;
  const reason = isAccepted ? 'accepted' : 'unclear';
  const change = { refundId: refund.id, reason, note: null, actor: refund.channel };
  if (isNew) {
    const step = { attemptId: attempt.id, from: attempt.state, to: 'pending' };
    await recordRefundChange(tx, at, { ...change, ...step, id: newId(at) });
  }
  const from: RefundState[] = isAccepted ? ['approved', 'refused'] : ['approved'];
  if (!from.includes(refund.state)) return;
  await moveRefund(tx, refund.id, { from, to: 'processing', at });
  const step = { attemptId: null, from: refund.state, to: 'processing' };
  await recordRefundChange(tx, at, { ...change, ...step, id: newId(at) });
}

/** A refusal that crosses with an acceptance of a twin says nothing: the query decides. */
async function refused(
  tx: Tx,
  answered: Answered,
  answer: Extract<RefundAnswer, { kind: 'refused' }>,
): Promise<undefined> {
  if (answered.attempt.state !== 'requested') return;
  await end(tx, answered, answer, 'refused');
}

async function failed(
  tx: Tx,
  answered: Answered,
  answer: Extract<RefundAnswer, { kind: 'failed' }>,
): Promise<void> {
  if (!['requested', 'pending', 'refused'].includes(answered.attempt.state)) return;
  await end(tx, answered, answer, 'failed');
}

/** The number may have moved money that we did not ask for, and now that money came back. */
async function strayReturned(
  tx: Tx,
  deps: PaymentDeps,
  { situation: { refund }, attempt: { refundNo } }: Answered,
): Promise<string | undefined> {
  const { channel, merchantAccountId, orderNo, tradeNo, paymentId } = refund;
  if (merchantAccountId === null) return undefined;
  const stray = { channel, merchantAccountId, orderNo, tradeNo, paymentId, refundNo };
  return await postStrayReturned(tx, deps, stray);
}

/** The number ends, and the refund waits for a person, unless a newer number is under way. */
async function end(
  tx: Tx,
  { situation: { refund, attempts }, attempt, at }: Answered,
  { code, message }: { readonly code: string; readonly message: string },
  to: 'refused' | 'failed',
): Promise<void> {
  await endRefundAttempt(tx, attempt.id, { to, at, answer: to, code, message });
  const change = { refundId: refund.id, to, reason: to, note: message, actor: refund.channel };
  const ofAttempt = { id: newId(at), attemptId: attempt.id, from: attempt.state };
  await recordRefundChange(tx, at, { ...change, ...ofAttempt });
  const from: RefundState[] = ['approved', 'processing', 'refused'];
  if (attempts.at(-1)?.id !== attempt.id || !from.includes(refund.state)) return;
  if (refund.state === to) return;
  await moveRefund(tx, refund.id, { from, to, at });
  await recordRefundChange(tx, at, {
    ...change,
    id: newId(at),
    attemptId: null,
    from: refund.state,
  });
}
