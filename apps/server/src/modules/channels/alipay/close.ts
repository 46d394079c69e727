import type { ChannelContext, CloseResult, OrderRef } from '../channel.ts';
import { call } from './client.ts';
import { isNotFound, queryTrade } from './query.ts';
import type { Reply } from './reply.ts';

/** The trade is in a state that cannot be closed: paid, or closed before. */
const overWords = new Set([
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.TRADE_HAS_SUCCESS',
  'ACQ.TRADE_HAS_FINISHED',
]);

/**
 * Makes an unpaid order unpayable; asks what it is where the refusal leaves that open, so it may
 * take two calls. A payment code is reversed instead: the payer may be confirming at the moment.
 */
export async function closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  const isReversed = order.product === 'code';
  const reply = await call(context, {
    verb: 'close',
    orderNo: order.orderNo,
    method: isReversed ? 'alipay.trade.cancel' : 'alipay.trade.close',
    content: { out_trade_no: order.orderNo },
  });
  if (reply.kind !== 'refusal') return readClosed(order, reply);
  if (isNotFound(reply)) return { state: 'not-found' };
  if (reply.subCode === 'ACQ.TRADE_HAS_CLOSE' && reply.isSigned) return { state: 'closed' };
  if (overWords.has(reply.subCode)) return await askState(context, order);
  return { state: 'unknown', reason: `${reply.subCode} (${reply.code})` };
}

function readClosed(order: OrderRef, reply: Exclude<Reply, { kind: 'refusal' }>): CloseResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  const { wire } = reply;
  if (wire.out_trade_no !== order.orderNo) {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  // The reversal was taken, but is not through: it must be sent again.
  if (wire.retry_flag === 'Y') return { state: 'unknown', reason: 'to be reversed again' };
  return { state: 'closed' };
}

async function askState(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  const found = await queryTrade(context, order);
  switch (found.state) {
    case 'paid':
    case 'closed':
    case 'not-found':
      return { state: found.state };
    case 'pending':
      return { state: 'unknown', reason: 'refused to close, and yet unpaid' };
    case 'unknown':
      return found;
  }
}
