import { newId } from '../../../platform/id.ts';
import type { PayInstructions, PrepayResult } from '../../channels/index.ts';
import { reach } from '../checkpoints.ts';
import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { type Attempt, attemptOfOrder, saveInstructions } from '../store/attempt-store.ts';
import { recordChanges } from '../store/payment-store.ts';
import { closePayment } from './close-payment.ts';
import { confirmPayment } from './confirm-payment.ts';
import { keepFailure } from './keep-failure.ts';

/**
 * Places the order at the channel and records its answer. Placing the same order again is
 * allowed: the channel answers with instructions for the same order. @throws CHANNEL_REFUSED
 */
export async function requestOrder(
  deps: PaymentDeps,
  companyId: string,
  attempt: Attempt,
  authCode?: string,
): Promise<PayInstructions | undefined> {
  const result = await deps.channels.prepay(deps, {
    companyId,
    merchantAccountId: attempt.merchantAccountId,
    product: attempt.product,
    orderNo: attempt.orderNo,
    amountFen: attempt.amountFen,
    description: attempt.description,
    requestedAt: attempt.requestedAt,
    expiresAt: attempt.expiresAt,
    ...(attempt.payerOpenId !== null && { payerOpenId: attempt.payerOpenId }),
    ...(authCode !== undefined && { authCode }),
    ...attempt.device,
  });
  reach(deps, 'payment.open.answered');
  const instructions = await record(deps, companyId, attempt, result);
  reach(deps, 'payment.open.finished');
  return instructions;
}

/** A refusal that is not signed ends nothing: the sweep asks and closes in time. */
async function record(
  deps: PaymentDeps,
  companyId: string,
  attempt: Attempt,
  result: PrepayResult,
): Promise<PayInstructions | undefined> {
  switch (result.state) {
    case 'accepted':
      return await recordAccepted(deps, companyId, attempt, result.instructions);
    case 'paid':
      await confirmPayment(deps, { companyId, source: 'query', trade: result.trade });
      return undefined;
    case 'refused':
      deps.log.warn({ companyId, orderNo: attempt.orderNo, code: result.code }, 'order refused');
      await keepFailure(deps, companyId, attempt.id, result.code);
      if (result.isFinal) {
        const closing = { companyId, attempt, reason: 'refused', actor: attempt.channel } as const;
        await closePayment(deps, closing);
      }
      throw paymentErrors.CHANNEL_REFUSED({ values: { reason: reasonOf(result) } });
    case 'unknown':
      deps.log.warn(
        { companyId, orderNo: attempt.orderNo, reason: result.reason },
        'order unclear',
      );
      return undefined;
  }
}

/** An answer that comes after the order was decided must not reach the payer. */
async function recordAccepted(
  deps: PaymentDeps,
  companyId: string,
  { id, paymentId, orderNo, channel }: Attempt,
  instructions: PayInstructions,
): Promise<PayInstructions | undefined> {
  const at = deps.clock.now();
  return await deps.db.transaction(companyId, async (tx) => {
    if (await saveInstructions(tx, id, instructions)) {
      const change = { from: 'requested', to: 'pending', reason: 'accepted', actor: channel };
      await recordChanges(tx, at, [{ ...change, id: newId(at), paymentId, attemptId: id }]);
      return instructions;
    }
    const current = await attemptOfOrder(tx, orderNo);
    return current?.state === 'pending' ? (current.instructions ?? undefined) : undefined;
  });
}

/** The channel's own words, without a full stop of their own; its code says what they leave out. */
function reasonOf({ code, message }: { readonly code: string; readonly message: string }): string {
  const words = message.trim().replace(/[。.！!]$/, '');
  return words && words !== code ? `${words}（${code}）` : code;
}
