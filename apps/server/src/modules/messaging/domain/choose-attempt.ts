import { troubleMs } from './retry.ts';

export interface Candidate {
  readonly accountId: string;
  readonly troubleUntil: Date | null;
}

export interface Tried {
  readonly routeNo: number;
  readonly accountId: string;
  readonly state: string;
  readonly refusal: 'recipient' | 'content' | 'account' | 'later' | null;
  readonly code: string | null;
  readonly answeredAt: Date | null;
}

export type Chosen =
  | { readonly kind: 'attempt'; readonly routeNo: number; readonly accountId: string }
  /** Every account that is left was refused as such; it may be repaired. */
  | { readonly kind: 'wait'; readonly at: Date }
  | { readonly kind: 'none'; readonly reason: string };

/** Beyond this something is wrong with the message itself. */
const maxAttempts = 12;

/**
 * The next route and account for a message: routes in their order, accounts in theirs, without
 * what was clearly refused. An account in trouble is passed over while another way is left.
 * @param candidates for each route, the accounts that reach it, in the order of their priority
 */
export function chooseAttempt(
  candidates: readonly (readonly Candidate[])[],
  tried: readonly Tried[],
  now: Date,
): Chosen {
  if (tried.length >= maxAttempts) return { kind: 'none', reason: 'too-many-attempts' };
  let waitMs = Number.POSITIVE_INFINITY;
  for (const [routeNo, accounts] of candidates.entries()) {
    const here = tried.filter((each) => each.routeNo === routeNo);
    if (here.some(({ state }) => state === 'undelivered')) continue;
    for (const { accountId, troubleUntil } of accounts) {
      const mine = here.filter((each) => each.accountId === accountId);
      if (mine.some(({ refusal }) => refusal === 'recipient' || refusal === 'content')) continue;
      const until = Math.max(troubleUntil?.getTime() ?? 0, ...mine.map(troubleOf));
      if (until <= now.getTime()) return { kind: 'attempt', routeNo, accountId };
      waitMs = Math.min(waitMs, until);
    }
  }
  if (Number.isFinite(waitMs)) return { kind: 'wait', at: new Date(waitMs) };
  const last = tried.findLast(({ code }) => code !== null)?.code;
  return { kind: 'none', reason: last ?? 'no-account' };
}

function troubleOf({ refusal, answeredAt }: Tried): number {
  return refusal === 'account' && answeredAt ? answeredAt.getTime() + troubleMs : 0;
}
