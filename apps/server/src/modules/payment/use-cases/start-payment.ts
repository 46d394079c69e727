import type { Fen } from '@wuye-pay/money';
import { AppError } from '../../../platform/errors.ts';
import type { PayInstructions } from '../../channels/index.ts';
import { type PaymentDeps, type PaymentInputDeps, withChannels } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { maxRounds, prepayMs } from '../limits.ts';
import { type PublicState, paymentState } from '../queries/payment-state.ts';
import type { Attempt } from '../store/attempt-store.ts';
import { isLive } from './close-payment.ts';
import type { OpenInput } from './open-input.ts';
import { openPayment } from './open-payment.ts';
import { requestOrder } from './request-order.ts';
import { takeOver } from './take-over.ts';

export type StartInput = OpenInput;

export interface StartedPayment {
  readonly paymentId: string;
  readonly state: PublicState;
  readonly amountFen: Fen;
  /** Absent while the channel has not answered clearly: look again in a moment. */
  readonly instructions?: PayInstructions;
  readonly expiresAt: Date;
}

/**
 * Begins to pay bills of one or several homes, whole or in part, or to pay ahead. The same payer
 * asking again gets the same payment; another one takes over by query and close at the channel.
 * @throws BILLS_NOT_PAYABLE, BILLS_JUST_PAID, PAYMENT_IN_PROGRESS, TAKEOVER_TOO_OFTEN,
 *   CHANNEL_REFUSED, CHANNEL_NOT_CONFIGURED, BILLS_OF_TWO_ACCOUNTS, PAYER_REQUIRED,
 *   DESK_AMOUNT_DIFFERS, PART_TOO_LARGE, PART_NOT_ALLOWED, IDEMPOTENCY_KEY_REUSED
 */
export async function startPayment(
  inputDeps: PaymentInputDeps,
  input: StartInput,
): Promise<StartedPayment> {
  const deps = withChannels(inputDeps);
  const { payer, companyId, product } = input;
  const isInWallet = product === 'jsapi' || product === 'mini-program';
  if (isInWallet && payer.openId === undefined) throw paymentErrors.PAYER_REQUIRED();
  if (product === 'code' && input.authCode === undefined) throw paymentErrors.PAYER_REQUIRED();
  for (let round = 1; round <= maxRounds; round += 1) {
    const opened = await openAfter(deps, input, round);
    if (opened.kind === 'order') return await order(deps, input, opened);
    // A debit waits for whoever is paying: nobody is there to be asked.
    if (input.source === 'autopay') throw paymentErrors.PAYMENT_IN_PROGRESS();
    const key = payer.limitKey ?? payer.key;
    const by = { key, isDesk: input.source === 'desk', actor: 'takeover' };
    await takeOver(deps, { companyId, paymentIds: opened.paymentIds, by });
  }
  throw paymentErrors.PAYMENT_IN_PROGRESS();
}

/** After a takeover that found the payment paid, the newcomer is told so. */
async function openAfter(deps: PaymentDeps, input: StartInput, round: number) {
  try {
    return await openPayment(deps, input);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'BILLS_NOT_PAYABLE';
    throw isGone && round > 1 ? paymentErrors.BILLS_JUST_PAID() : error;
  }
}

async function order(
  deps: PaymentDeps,
  { companyId, authCode }: StartInput,
  { attempt, isNew }: { readonly attempt: Attempt; readonly isNew: boolean },
): Promise<StartedPayment> {
  const { paymentId, amountFen, expiresAt } = attempt;
  const started = { paymentId, amountFen, expiresAt };
  if (!isLive(attempt)) return await asItIs(deps, companyId, started);
  const known = attempt.instructions ?? undefined;
  const instructions =
    known ??
    (!isNew && isInFlight(deps, attempt)
      ? undefined
      : await requestOrder(deps, companyId, attempt, authCode));
  if (instructions) return { ...started, state: 'open', instructions };
  return await asItIs(deps, companyId, started);
}

async function asItIs(
  deps: PaymentDeps,
  companyId: string,
  started: Omit<StartedPayment, 'state'>,
): Promise<StartedPayment> {
  const now = deps.clock.now();
  const current = await deps.db.read(companyId, (tx) => paymentState(tx, started.paymentId, now));
  return { ...started, state: current?.state ?? 'processing' };
}

/**
 * A second code for the same order would make the first one useless while its answer is awaited.
 * A payer's code is good once, and a debit is asked for once: neither is sent again.
 */
function isInFlight(deps: PaymentDeps, { product, requestedAt }: Attempt): boolean {
  const age = deps.clock.now().getTime() - requestedAt.getTime();
  return product === 'code' || product === 'debit' || (product === 'native' && age < prepayMs);
}
