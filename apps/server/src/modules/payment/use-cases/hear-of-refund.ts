import { fen } from '@wuye-pay/money';
import { violatedConstraint } from '../../../platform/database/index.ts';
import type { ChannelRefund, NotificationReading, Product } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { orderOfNumber, type RefundableOrder } from '../queries/refund-order.ts';
import { type Attempt, attemptOfOrder } from '../store/attempt-store.ts';
import { lockPaymentOfOrder } from '../store/payment-store.ts';
import { attemptOfRefundNo } from '../store/refund-attempt-store.ts';
import { refundOnce } from '../store/refund-proof-store.ts';
import { isLive } from './close-payment.ts';
import { bookKeptRefund, confirmRefund, keepRefundProof } from './confirm-refund.ts';
import { postStrayReturned } from './post-refund-case.ts';
import { resolveAttempt } from './resolve-attempt.ts';
import { resolveRefund } from './resolve-refund.ts';

type LookAt = NonNullable<Extract<NotificationReading, { state: 'authentic' }>['lookAt']>;

/** The channel that tells, and of which account. */
interface Teller {
  readonly channel: string;
  readonly merchantAccountId: string;
}

/** A channel's notice of a refund: stored for good, then booked. */
export async function hearOfRefund(
  deps: PaymentDeps,
  companyId: string,
  refund: ChannelRefund,
): Promise<void> {
  reach(deps, 'refund.notify.read');
  const proof = await keepRefundProof(deps, { companyId, source: 'notification', refund });
  try {
    await bookKeptRefund(deps, companyId, proof);
  } catch (error) {
    // It is stored, so the channel need not send it again: the sweep books it.
    deps.log.error({ err: error, companyId, refundNo: refund.refundNo }, 'a refund was not booked');
  }
}

/**
 * A notice that says no more than "look there": the order is asked about, and the refund that it
 * names. @throws Error while the channel does not answer, so that it sends the notice again
 */
export async function lookAtOrder(
  deps: PaymentDeps,
  companyId: string,
  { lookAt, ...at }: Teller & { readonly lookAt: LookAt },
): Promise<void> {
  const { orderNo, refundNo } = lookAt;
  const [attempt, refundAttempt] = await deps.db.read(companyId, (tx) =>
    Promise.all([
      attemptOfOrder(tx, orderNo),
      refundNo === undefined ? undefined : attemptOfRefundNo(tx, refundNo),
    ]),
  );
  // Money that came in is booked before money that went back.
  if (attempt && isLive(attempt)) await lookAtPayment(deps, companyId, attempt);
  if (refundNo === undefined) return;
  if (refundAttempt) {
    await resolveRefund(deps, { companyId, attempt: refundAttempt });
    return;
  }
  await lookAtStranger(deps, companyId, { ...at, orderNo, refundNo });
}

async function lookAtPayment(
  deps: PaymentDeps,
  companyId: string,
  attempt: Attempt,
): Promise<void> {
  const close = deps.clock.now() >= attempt.expiresAt ? 'expired' : undefined;
  await resolveAttempt(deps, { companyId, attempt, close, actor: attempt.channel });
}

/** A number that we never gave: made in the provider's own console, or by another system. */
async function lookAtStranger(deps: PaymentDeps, companyId: string, at: Stranger): Promise<void> {
  const { merchantAccountId, refundNo } = at;
  const order = await deps.db.read(companyId, (tx) => orderOfNumber(tx, at.orderNo));
  const now = deps.clock.now();
  const state = await deps.channels.queryRefund(deps, {
    companyId,
    merchantAccountId,
    refundNo,
    amountFen: order?.orderAmountFen ?? fen(0),
    reason: '',
    requestedAt: now,
    order: strangersOrder(order, at.orderNo, now),
  });
  if (state.state === 'refunded') {
    await confirmRefund(deps, { companyId, source: 'query', refund: state.refund });
  }
  if (state.state === 'failed') await strangerReturned(deps, companyId, at);
  if (state.state === 'unknown')
    throw new Error(`refund ${refundNo} is not clear: ${state.reason}`);
}

interface Stranger extends Teller {
  readonly orderNo: string;
  readonly refundNo: string;
}

/** It moved nothing for good, or the money that it took is back. */
async function strangerReturned(deps: PaymentDeps, companyId: string, at: Stranger): Promise<void> {
  const book = () =>
    deps.db.transaction(companyId, async (tx) => {
      const payment = await lockPaymentOfOrder(tx, at.orderNo);
      const attempt = await attemptOfOrder(tx, at.orderNo);
      const tradeNo = attempt?.channelTradeNo ?? null;
      return await postStrayReturned(tx, deps, { ...at, tradeNo, paymentId: payment?.id ?? null });
    });
  const caseId = await bookedOnce(book);
  if (caseId) void deps.live.announce({ companyId, topic: 'payment.surplus', id: caseId });
}

/** Nothing to lock at an unknown order, so a twin may book it first: then there is nothing to do. */
async function bookedOnce(book: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await book();
  } catch (error) {
    if (violatedConstraint(error) === refundOnce) return await book();
    throw error;
  }
}

/** What is known of the order; of another system's next to nothing is. */
function strangersOrder(order: RefundableOrder | undefined, orderNo: string, now: Date) {
  return {
    orderNo,
    tradeNo: order?.tradeNo ?? '',
    product: (order?.product ?? 'jsapi') as Product,
    amountFen: order?.orderAmountFen ?? fen(0),
    requestedAt: order?.orderRequestedAt ?? now,
    paidAt: order?.paidAt ?? now,
  };
}
