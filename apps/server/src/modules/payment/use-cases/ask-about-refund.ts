import type { PaymentDeps } from '../deps.ts';
import { paymentErrors } from '../errors.ts';
import { maxDoubts } from '../limits.ts';
import { attemptOfRefundNo } from '../store/refund-attempt-store.ts';
import { deleteUnbookedRefund, type RefundProof } from '../store/refund-proof-store.ts';
import { readRefund } from '../store/refund-store.ts';
import { confirmRefund } from './confirm-refund.ts';
import { refundOrderOf } from './refund-order-of.ts';

/**
 * A notice names another amount than we asked for, and its number may have ended meanwhile: the
 * channel's own books decide, whatever they say, and the notice is done with.
 * @returns whether it was decided; without the channel's word it waits, and is dropped in the end
 */
export async function askAboutRefund(
  deps: PaymentDeps,
  companyId: string,
  { proof, tries }: { readonly proof: RefundProof; readonly tries: number },
): Promise<boolean> {
  const { refund, attempt } = await deps.db.read(companyId, async (tx) => {
    const found = await attemptOfRefundNo(tx, proof.refundNo);
    return { attempt: found, refund: found && (await readRefund(tx, found.refundId)) };
  });
  if (!refund || !attempt) throw paymentErrors.REFUND_NOT_FOUND();
  const state = await deps.channels.queryRefund(deps, refundOrderOf(companyId, refund, attempt));
  if (state.state === 'refunded') {
    await confirmRefund(deps, { companyId, source: 'query', refund: state.refund });
  }
  const isDecided = state.state === 'refunded' || state.state === 'failed';
  if (!isDecided && tries < maxDoubts) return false;
  deps.log.error(
    { companyId, refundNo: proof.refundNo, says: state.state, alarm: 'refund-contradiction' },
    'a notice named an amount that the channel’s own books do not',
  );
  await deps.db.transaction(companyId, (tx) => deleteUnbookedRefund(tx, proof.id));
  return true;
}
