import {
  acknowledged,
  attempts,
  nothingUnderWay,
  onceEach,
  oneEventEach,
  proofsFirst,
  refundAttempts,
  rewritten,
} from './answers.ts';
import {
  bills,
  bookedTrades,
  channelAccounts,
  channelsAgree,
  holds,
  nothingLost,
  prepayments,
  receivables,
  refundsWithin,
  suspense,
  twoPeople,
} from './money.ts';
import type { Outside } from './outside.ts';
import type { Snapshot } from './snapshot.ts';

type Check = (now: Snapshot, outside: Outside) => string[];

/** Promises 1 to 6 of the design, as far as they hold at every instant. */
export function brokenNow(
  now: Snapshot,
  outside: Outside,
  before: Snapshot | undefined,
): readonly string[] {
  const broken = instantly.flatMap(([name, check]) =>
    check(now, outside).map((problem) => `${name}: ${problem}`),
  );
  return before ? [...broken, ...rewritten(before, now)] : broken;
}

/** What holds besides once nothing is under way any more. */
export function brokenWhenQuiet(now: Snapshot, outside: Outside): readonly string[] {
  return quietly.flatMap(([name, check]) =>
    check(now, outside).map((problem) => `${name}: ${problem}`),
  );
}

const instantly: readonly (readonly [string, Check])[] = [
  ['1 conserved', receivables],
  ['1 conserved', suspense],
  ['1 conserved', prepayments],
  ['1 conserved', channelAccounts],
  ['1 conserved', bookedTrades],
  ['2 never over', bills],
  ['2 never over', holds],
  ['2 never over', refundsWithin],
  ['2 never over', twoPeople],
  ['3 clear answers', attempts],
  ['3 clear answers', refundAttempts],
  ['4 proof first', proofsFirst],
  ['4 proof first', acknowledged],
  ['5 repeatable', onceEach],
];

const quietly: readonly (readonly [string, Check])[] = [
  ['1 conserved', channelsAgree],
  ['1 conserved', nothingLost],
  ['3 clear answers', nothingUnderWay],
  ['5 repeatable', oneEventEach],
];
