import type { ChannelContext, OrderRef, TradeState } from '../channel.ts';
import { call, type Reply } from './client.ts';
import { queryDebit } from './debit.ts';
import { isNotFound, orderPath } from './order.ts';
import { merchantIds, queryOf } from './party.ts';
import { readTransaction, stateOf } from './transaction.ts';

/**
 * Asks what became of an order. Source: pay.weixin.qq.com/doc/v3/merchant/4013070356. Code
 * payments (付款码), although placed with v2, are asked for here too: the states of v3 name them,
 * and its answers are signed with the channel's own key. Only debits have a query of their own.
 */
export async function queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState> {
  if (order.product === 'debit') return await queryDebit(context, order);
  const { account } = context;
  const { orderNo } = order;
  const reply = await call(context, {
    verb: 'query',
    method: 'GET',
    path: orderPath(account, orderNo) + queryOf(merchantIds(account)),
    orderNo,
  });
  return readQuery(context, order, reply);
}

function readQuery(context: ChannelContext, order: OrderRef, reply: Reply): TradeState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (isNotFound(reply)) return { state: 'not-found' };
    return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
  }
  const transaction = readTransaction(context.account, reply.body);
  if (!transaction) return { state: 'unknown', reason: 'the answer is not a transaction' };
  return stateOf(context, order, transaction);
}
