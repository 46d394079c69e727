import type { Deps } from '../../platform/deps.ts';

/**
 * Named points of a debit. Tests kill the process at each. `written` lies inside a transaction
 * before its commit.
 */
export const autopayCheckpoints = [
  'autopay.plan.written',
  'autopay.plan.committed',
  /** The channel took the notice; we have not recorded it. */
  'autopay.announce.answered',
  'autopay.announce.written',
  'autopay.announce.committed',
  'autopay.start.claimed',
  /** Payment and debit are recorded together; nothing is committed. */
  'autopay.start.written',
  'autopay.end.written',
  'autopay.stop.committed',
  /** The mandate is ended at the channel, not here. */
  'autopay.stop.at-channel',
] as const;

export type AutopayCheckpoint = (typeof autopayCheckpoints)[number];

export function reach(deps: Pick<Deps, 'checkpoint'>, name: AutopayCheckpoint): void {
  deps.checkpoint(name);
}
