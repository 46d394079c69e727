import type { ChannelContext, OrderRef, TradeState } from '../channel.ts';
import { call } from './client.ts';
import type { Refusal, Reply, Wire } from './reply.ts';
import { positiveFen, tradeOf } from './trade.ts';

/** Asks what became of an order. */
export async function queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState> {
  const { orderNo } = order;
  const reply = await call(context, {
    verb: 'query',
    orderNo,
    method: 'alipay.trade.query',
    content: { out_trade_no: orderNo, query_options: ['fund_bill_list'] },
  });
  return readQuery(context, order, reply);
}

/** Also of a code that nobody scanned and a page that nobody opened: it can still be paid. */
export function isNotFound(reply: Refusal): boolean {
  return reply.subCode === 'ACQ.TRADE_NOT_EXIST';
}

/**
 * Alipay takes no payment after time_expire. So long after it a payment that began before is
 * known, and clocks that differ make no difference.
 */
const closingMs = 60_000;

function readRefusal(
  { clock }: ChannelContext,
  { expiresAt }: OrderRef,
  reply: Refusal,
): TradeState {
  if (!isNotFound(reply)) {
    return { state: 'unknown', reason: `${reply.subCode} (${reply.code})` };
  }
  const isOver = clock.now().getTime() >= expiresAt.getTime() + closingMs;
  // A code that nobody scanned and a page that nobody opened leave no trade behind.
  return { state: isOver && reply.isSigned ? 'closed' : 'not-found' };
}

function readQuery(context: ChannelContext, order: OrderRef, reply: Reply): TradeState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return readRefusal(context, order, reply);
  const { account } = context;
  const { wire } = reply;
  if (wire.out_trade_no !== order.orderNo) {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  if (wire.seller_id !== undefined && wire.seller_id !== account.mchId) {
    return { state: 'unknown', reason: 'the answer is about another merchant' };
  }
  switch (wire.trade_status) {
    case 'WAIT_BUYER_PAY':
      return { state: 'pending' };
    case 'TRADE_CLOSED':
      if (!wasCollected(order, wire)) return { state: 'closed' };
      break;
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      break;
    default:
      return { state: 'unknown', reason: `trade_status ${String(wire.trade_status)}` };
  }
  const trade = tradeOf(context, wire, reply.raw);
  if (!trade) return { state: 'unknown', reason: 'the trade lacks number or amount' };
  return { state: 'paid', trade };
}

/**
 * TRADE_CLOSED says either "nobody paid in time" or "all was given back". Only money that moved
 * tells them apart: send_pay_date has been seen on unpaid trades too. A payment code that we gave
 * up (撤销) looks like the second, so it counts as paid only if it was known to be.
 */
function wasCollected(order: OrderRef, wire: Wire): boolean {
  if (order.product === 'code' && order.tradeNo === null) return false;
  const amounts = [wire.receipt_amount, wire.buyer_pay_amount, wire.invoice_amount];
  const funds = Array.isArray(wire.fund_bill_list) ? wire.fund_bill_list : [];
  return funds.length > 0 || amounts.some((yuan) => positiveFen(yuan) !== undefined);
}
