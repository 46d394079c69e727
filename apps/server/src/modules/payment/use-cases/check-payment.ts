import { type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { paymentState } from '../queries/payment-state.ts';
import { attemptsOf } from '../store/attempt-store.ts';
import { isLive } from './close-payment.ts';
import { resolveAttempt } from './resolve-attempt.ts';

/** Asks the channel now what became of a payment, as the sweep would. @throws PAYMENT_NOT_FOUND */
export async function checkPayment(
  input: PaymentInputDeps,
  { companyId, paymentId, actor }: { companyId: string; paymentId: string; actor: string },
): Promise<void> {
  const deps = withChannels(input);
  const [payment, attempts] = await deps.db.read(companyId, (tx) =>
    Promise.all([paymentState(tx, paymentId), attemptsOf(tx, paymentId)]),
  );
  if (!payment) throw paymentErrors.PAYMENT_NOT_FOUND();
  for (const attempt of attempts.filter(isLive)) {
    const close = deps.clock.now() >= attempt.expiresAt ? 'expired' : undefined;
    await resolveAttempt(deps, { companyId, attempt, close, actor });
  }
}
