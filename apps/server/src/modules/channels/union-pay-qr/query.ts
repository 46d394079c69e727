import type { ChannelContext, OrderRef, TradeState } from '../channel.ts';
import { call } from './client.ts';
import { isNotFound } from './codes.ts';
import { tradeOf } from './trade.ts';

/** Asks what became of an order. */
export async function queryTrade(
  context: ChannelContext,
  { orderNo }: OrderRef,
): Promise<TradeState> {
  const reply = await call(context, {
    verb: 'query',
    service: 'unified.trade.query',
    orderNo,
    fields: { out_trade_no: orderNo },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return notFoundOr(reply.code);
  if (reply.failure) return notFoundOr(reply.failure.code);
  const { fields } = reply;
  if (fields.out_trade_no !== orderNo) {
    return { state: 'unknown', reason: 'the answer names no order' };
  }
  switch (fields.trade_state) {
    case 'SUCCESS':
    case 'REFUND': {
      const trade = tradeOf(context.account, fields, context.clock.now());
      return trade
        ? { state: 'paid', trade }
        : { state: 'unknown', reason: 'the trade lacks number or amount' };
    }
    case 'CLOSED':
    case 'REVOKED':
    case 'REVERSE':
      return { state: 'closed' };
    case 'NOTPAY':
    case 'USERPAYING':
    case 'PAYERROR': // A failed try leaves the order payable until it is closed.
      return { state: 'pending' };
    default:
      return { state: 'unknown', reason: `trade_state ${fields.trade_state}` };
  }
}

function notFoundOr(code: string): TradeState {
  return isNotFound(code) ? { state: 'not-found' } : { state: 'unknown', reason: code };
}
