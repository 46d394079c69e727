import { newId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { maxTakeovers, takeoverWindowMs } from '../limits.ts';
import { attemptsOf } from '../store/attempt-store.ts';
import { recordTakeover } from '../store/takeover-store.ts';
import { isLive } from './close-payment.ts';
import { resolveAttempt } from './resolve-attempt.ts';

export interface Takeover {
  readonly companyId: string;
  readonly paymentIds: readonly string[];
  /** Who wants the bills; the desk is not limited. */
  readonly by: { readonly key: string; readonly isDesk: boolean; readonly actor: string };
}

/**
 * Ends the payments that hold bills: asks the channel, closes there, then here. If one was paid,
 * it completes, and the caller finds the bills settled.
 * @throws PAYMENT_IN_PROGRESS without a clear answer, TAKEOVER_TOO_OFTEN
 */
export async function takeOver(deps: PaymentDeps, takeover: Takeover): Promise<void> {
  for (const paymentId of takeover.paymentIds) {
    if (!takeover.by.isDesk) await countTakeover(deps, takeover, paymentId);
    await endPayment(deps, takeover, paymentId);
  }
}

async function countTakeover(
  deps: PaymentDeps,
  { companyId, by }: Takeover,
  paymentId: string,
): Promise<void> {
  const at = deps.clock.now();
  const since = new Date(at.getTime() - takeoverWindowMs);
  const record = { id: newId(at), paymentId, payerKey: by.key, at, since };
  const tries = await deps.db.transaction(companyId, (tx) => recordTakeover(tx, record));
  reach(deps, 'payment.takeover.recorded');
  if (tries > maxTakeovers) throw paymentErrors.TAKEOVER_TOO_OFTEN();
}

async function endPayment(
  deps: PaymentDeps,
  { companyId, by }: Takeover,
  paymentId: string,
): Promise<void> {
  const attempts = await deps.db.read(companyId, (tx) => attemptsOf(tx, paymentId));
  const isExpired = (expiresAt: Date) => deps.clock.now() >= expiresAt;
  for (const attempt of attempts.filter(isLive)) {
    const close = isExpired(attempt.expiresAt) ? 'expired' : 'taken-over';
    const resolving = { companyId, attempt, close, actor: by.actor } as const;
    const resolved = await resolveAttempt(deps, resolving);
    if (resolved === 'undecided') throw paymentErrors.PAYMENT_IN_PROGRESS();
  }
}
