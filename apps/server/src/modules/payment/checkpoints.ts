import type { Deps } from '../../platform/deps.ts';

/**
 * Named points of the payment machine. Tests kill the process at each and count which were
 * reached; in production they do nothing. `written` lies inside a transaction before its commit.
 */
export const checkpoints = [
  /** Payment, attempt and hold are committed; the channel knows nothing. */
  'payment.open.recorded',
  /** The channel answered the order; we have not recorded it. */
  'payment.open.answered',
  'payment.open.finished',
  /** The notification is authentic; nothing is stored. */
  'payment.notify.read',
  'payment.proof.stored',
  'payment.book.locked',
  'payment.book.settled',
  'payment.book.written',
  'payment.book.committed',
  'payment.sweep.claimed',
  /** The channel answered a query; nothing is done about it. */
  'payment.sweep.queried',
  /** The order is closed at the channel, not here. */
  'payment.close.at-channel',
  'payment.close.written',
  'payment.close.committed',
  'payment.takeover.recorded',
  'payment.desk.written',
  'payment.desk.committed',
  'balance.use.written',
  'balance.use.committed',
  // What a proof was decided to be.
  'payment.decided.settle',
  'payment.decided.surplus',
  'payment.decided.repeat',
  'payment.decided.conclude',
  'payment.decided.correct',
  'payment.decided.contradiction',
  /** The refund is approved and its number recorded; the channel knows nothing. */
  'refund.approve.committed',
  'refund.send.recorded',
  /** The channel answered the refund; we have not recorded it. */
  'refund.send.answered',
  'refund.send.finished',
  /** The notification is authentic; nothing is stored. */
  'refund.notify.read',
  'refund.proof.stored',
  'refund.book.locked',
  'refund.book.bills',
  'refund.book.written',
  'refund.book.committed',
  'refund.sweep.claimed',
  /** The channel answered a query about a refund; nothing is done about it. */
  'refund.sweep.queried',
  'refund.policy.committed',
  'refund.pay-out.committed',
  'case.settle.written',
  'case.settle.committed',
  // What a proof of a refund was decided to be.
  'refund.decided.complete',
  'refund.decided.repeat',
  'refund.decided.contradiction',
  'refund.decided.ask',
  'refund.decided.other-amount',
  'refund.decided.unasked',
] as const;

export type Checkpoint = (typeof checkpoints)[number];

export function reach(deps: Pick<Deps, 'checkpoint'>, name: Checkpoint): void {
  deps.checkpoint(name);
}
