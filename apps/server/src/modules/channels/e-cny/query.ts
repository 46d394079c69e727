import type { ChannelContext, CloseResult, OrderRef, TradeState } from '../channel.ts';
import { call, type Reply } from './client.ts';
import { tradeOf } from './trade.ts';

/** Asks what became of an order. */
export async function queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState> {
  return readState(context, await ask(context, 'query', order));
}

/** Makes an unpaid order unpayable; one under a payer's code is reversed, money included. */
export async function closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  const reply = await ask(context, 'close', order);
  if (reply.kind === 'refusal' && reply.code === 'ORDER_PAID') return { state: 'paid' };
  const result = readState(context, reply);
  if (result.state === 'paid') return { state: 'paid' };
  return result.state === 'pending' ? { state: 'unknown', reason: 'still open' } : result;
}

async function ask(context: ChannelContext, verb: 'query' | 'close', { orderNo }: OrderRef) {
  return await call(context, { verb, service: `orders/${verb}`, fields: { orderNo } });
}

function readState({ account }: ChannelContext, reply: Reply): TradeState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    const { code } = reply;
    return code === 'ORDER_NOT_FOUND' ? { state: 'not-found' } : { state: 'unknown', reason: code };
  }
  const { status } = reply.data;
  const trade = status === 'PAID' ? tradeOf(account, reply.data) : undefined;
  if (trade) return { state: 'paid', trade };
  if (status === 'CLOSED') return { state: 'closed' };
  if (status === 'OPEN' || status === 'PAYING') return { state: 'pending' };
  return { state: 'unknown', reason: `status ${String(status)}` };
}
