import type { ChannelContext } from '../channel.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from '../refund.ts';
import { call, type Reply } from './client.ts';
import { refundOf } from './trade.ts';

const failed = { code: 'REFUND_FAILED', message: '银行退款失败，请换退款单号重新发起' } as const;

/** Sends a refund. The same number again is the same refund, whatever became of it. */
export async function refundTrade(
  context: ChannelContext,
  { refundNo, amountFen: amount, reason, order: { orderNo } }: RefundOrder,
): Promise<RefundResult> {
  const fields = { refundNo, orderNo, amount, reason, notifyUrl: context.notifyUrl };
  const reply = await call(context, { verb: 'refund', service: 'refunds', fields });
  if (reply.kind === 'refusal') {
    return { state: 'refused', code: reply.code, message: reply.message };
  }
  const result = readState(context, amount, reply);
  if (result.state === 'pending') return { state: 'accepted' };
  if (result.state === 'failed') return { state: 'refused', ...failed };
  return result.state === 'not-found' ? { state: 'unknown', reason: 'not found' } : result;
}

/** Asks what became of one refund. */
export async function queryRefund(
  context: ChannelContext,
  { refundNo, amountFen, order: { orderNo } }: RefundRef,
): Promise<RefundState> {
  const asked = { service: 'refunds/query', fields: { refundNo, orderNo } };
  const reply = await call(context, { verb: 'refund-query', ...asked });
  return readState(context, amountFen, reply);
}

function readState({ account }: ChannelContext, amountFen: number, reply: Reply): RefundState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    const isNone = reply.code === 'REFUND_NOT_FOUND';
    return isNone ? { state: 'not-found' } : { state: 'unknown', reason: reply.code };
  }
  const { status, amount } = reply.data;
  if (amount !== amountFen) return { state: 'unknown', reason: 'another sum' };
  if (status === 'PROCESSING') return { state: 'pending' };
  if (status === 'FAILED') return { state: 'failed', ...failed };
  const refund = refundOf(account, reply.data);
  return refund ? { state: 'refunded', refund } : { state: 'unknown', reason: String(status) };
}
