import type { OutboxEvent } from '../../platform/outbox/index.ts';

/** The bills of a payment are settled and its transfers posted. */
export function paymentPaid(paymentId: string): OutboxEvent {
  return { topic: 'payment.paid', payload: { paymentId } };
}

/** A payment ended without settling anything; its bills are free. */
export function paymentClosed(paymentId: string): OutboxEvent {
  return { topic: 'payment.closed', payload: { paymentId } };
}

/** Money lies in suspense and somebody has to decide. */
export function surplusOpened(surplusId: string): OutboxEvent {
  return { topic: 'payment.surplus', payload: { surplusId } };
}

/** Money of a payment or case is back with its payer; bills and books say so. */
export function paymentRefunded(refundId: string, paymentId: string | null): OutboxEvent {
  return { topic: 'payment.refunded', payload: { refundId, paymentId } };
}
