import type { CloseReason } from '@wuye-pay/contract';
import type { ChannelTrade } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { graceMs } from '../domain/schedule.ts';
import { acceptedGraceMs } from '../limits.ts';
import type { Attempt } from '../store/attempt-store.ts';
import { bookReversal } from './book-reversal.ts';
import { closePayment } from './close-payment.ts';
import { confirmPayment } from './confirm-payment.ts';
import { keepFailure } from './keep-failure.ts';

export interface Resolving {
  readonly companyId: string;
  readonly attempt: Attempt;
  /** Ends an unpaid order for this reason; without it the channel is only asked. */
  readonly close: CloseReason | undefined;
  readonly actor: string;
}

/** `ended`: the channel decided and our books say the same; `undecided`: no clear answer yet. */
export type Resolved = 'ended' | 'undecided';

/**
 * Asks the channel what became of an order, and closes it there if told to. Only a clear answer
 * moves anything: whatever else comes back leaves the order as it is. Calls the channel, so it
 * never runs inside a transaction.
 */
export async function resolveAttempt(deps: PaymentDeps, resolving: Resolving): Promise<Resolved> {
  const state = await deps.channels.queryTrade(deps, orderOf(resolving));
  reach(deps, 'payment.sweep.queried');
  switch (state.state) {
    case 'paid':
      return await confirm(deps, resolving, state.trade);
    case 'closed':
      if (state.reason !== undefined) {
        await keepFailure(deps, resolving.companyId, resolving.attempt.id, state.reason);
      }
      return await end(deps, resolving, resolving.close ?? 'channel-closed');
    case 'pending':
      return resolving.close ? await closeAtChannel(deps, resolving) : 'undecided';
    case 'not-found':
      return await endMissing(deps, resolving);
    case 'unknown':
      return 'undecided';
  }
}

/**
 * A payer's code that the channel says not to know may still be on its way to the wallet, or be
 * known only where it is reversed: the reversal makes it unpayable. Other orders end by their time.
 */
async function endMissing(deps: PaymentDeps, resolving: Resolving): Promise<Resolved> {
  const { attempt, close } = resolving;
  if (isGone(attempt, deps.clock.now())) return await end(deps, resolving, close ?? 'expired');
  return close && attempt.product === 'code' ? await closeAtChannel(deps, resolving) : 'undecided';
}

async function closeAtChannel(deps: PaymentDeps, resolving: Resolving): Promise<Resolved> {
  const closed = await deps.channels.closeTrade(deps, orderOf(resolving));
  reach(deps, 'payment.close.at-channel');
  switch (closed.state) {
    case 'closed':
      return await end(deps, resolving, resolving.close ?? 'channel-closed');
    case 'paid':
      return await askOnce(deps, resolving); // The payer was faster than our close.
    case 'open': // This channel knows no close; the order ends by its own time.
    case 'not-found':
    case 'unknown':
      return 'undecided';
  }
}

async function askOnce(deps: PaymentDeps, resolving: Resolving): Promise<Resolved> {
  const state = await deps.channels.queryTrade(deps, orderOf(resolving));
  return state.state === 'paid' ? await confirm(deps, resolving, state.trade) : 'undecided';
}

async function confirm(
  deps: PaymentDeps,
  { companyId }: Resolving,
  trade: ChannelTrade,
): Promise<Resolved> {
  const { outcome } = await confirmPayment(deps, { companyId, source: 'query', trade });
  return outcome === 'contradiction' ? 'undecided' : 'ended';
}

async function end(
  deps: PaymentDeps,
  { companyId, attempt, actor }: Resolving,
  reason: CloseReason,
): Promise<Resolved> {
  const became = await closePayment(deps, { companyId, attempt, reason, actor });
  // Paid and reversed between our question and the answer: the payer has the money back.
  if (became === 'paid' && attempt.product === 'code') await bookReversal(deps, companyId, attempt);
  return 'ended';
}

/**
 * "Not found" is unsigned, and the order may still be on its way: it counts only when the order
 * could not be placed any more.
 */
function isGone({ state, expiresAt }: Attempt, now: Date): boolean {
  const grace = state === 'requested' ? graceMs : acceptedGraceMs;
  return now.getTime() >= expiresAt.getTime() + grace;
}

function orderOf({ companyId, attempt }: Resolving) {
  const { merchantAccountId, orderNo, product, amountFen, requestedAt, expiresAt } = attempt;
  const order = { orderNo, product, amountFen, requestedAt, expiresAt };
  return { companyId, merchantAccountId, ...order, tradeNo: attempt.channelTradeNo };
}
