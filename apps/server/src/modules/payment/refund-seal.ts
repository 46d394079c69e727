import { createHash } from 'node:crypto';
import { stableJson } from '../../platform/idempotency.ts';
import type { RefundContent, RefundLine } from './domain/refund.ts';

/**
 * A hash of all that is asked for. It is stored with the request and compared on approval and
 * before money moves: a row that was edited in between is refused.
 */
export function sealOf(content: RefundContent, lines: readonly RefundLine[]): Buffer {
  const { id, kind, paymentId, caseId, adoptedCaseId, amountFen, billEffect, reason } = content;
  const { channel, merchantAccountId, orderNo, tradeNo, orderAmountFen } = content;
  const sorted = lines
    .map((line) => [line.allocationId, line.billId, line.amountFen])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  // As it was before money could be paid ahead, so that older requests keep their seal.
  const ahead = content.topUpFen > 0 ? { topUpFen: content.topUpFen } : {};
  const subject = { id, kind, paymentId, caseId, adoptedCaseId };
  const what = { ...subject, amountFen, ...ahead, billEffect, reason };
  const route = { channel, merchantAccountId, orderNo, tradeNo, orderAmountFen };
  return createHash('sha256')
    .update(stableJson({ ...what, ...route, sorted }))
    .digest();
}
