import type { ChannelContext, OrderRef, TradeState } from '../channel.ts';
import { call, type Reply } from './client.ts';
import { isCollected, readTransaction, tradeOf } from './transaction.ts';

/** Asks what became of an order. Source: pay.weixin.qq.com/doc/v3/merchant/4013070356 */
export async function queryTrade(
  context: ChannelContext,
  { orderNo }: OrderRef,
): Promise<TradeState> {
  const { mchId } = context.account;
  const reply = await call(context, {
    verb: 'query',
    method: 'GET',
    path: `${orderPath(orderNo)}?mchid=${encodeURIComponent(mchId)}`,
    orderNo,
  });
  return readQuery(context, orderNo, reply);
}

export function orderPath(orderNo: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderNo)}`;
}

function readQuery(context: ChannelContext, orderNo: string, reply: Reply): TradeState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (isNotFound(reply)) return { state: 'not-found' };
    return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
  }
  const { account } = context;
  const transaction = readTransaction(reply.body);
  if (!transaction) return { state: 'unknown', reason: 'the answer is not a transaction' };
  if (transaction.orderNo !== orderNo || transaction.mchId !== account.mchId) {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  if (transaction.appId !== account.appId) {
    return { state: 'unknown', reason: 'the answer is about another app' };
  }
  if (isCollected(transaction)) {
    const trade = tradeOf(account, transaction, context.clock.now());
    if (!trade) return { state: 'unknown', reason: 'the transaction lacks number or amount' };
    return { state: 'paid', trade };
  }
  // Only a clear answer closes: a failed try of the payer leaves the order payable.
  const isClosed = transaction.tradeState === 'CLOSED' || transaction.tradeState === 'REVOKED';
  return { state: isClosed ? 'closed' : 'pending' };
}

export function isNotFound(reply: Reply & { kind: 'refusal' }): boolean {
  return reply.status === 404 && reply.code === 'ORDER_NOT_EXIST';
}
