import { beijingDigits } from '../beijing-time.ts';
import type { ChannelContext, OrderRef, TradeState } from '../channel.ts';
import { call, type Reply } from './client.ts';
import { classOf, noSuchTransaction } from './codes.ts';
import { bizTypeOf } from './prepay.ts';
import { tradeOf } from './trade.ts';

/**
 * UnionPay takes no payment after payTimeout, and gives back what a bank sends later. So long
 * after it a payment that began before is decided, and clocks that differ make no difference.
 */
const closingMs = 60_000;

/** Asks what became of an order, by its number and time. */
export async function queryTrade(context: ChannelContext, order: OrderRef): Promise<TradeState> {
  return await askAbout(context, order, 'query');
}

export async function askAbout(
  context: ChannelContext,
  order: OrderRef,
  verb: 'query' | 'close',
): Promise<TradeState> {
  const reply = await call(context, 'queryTrans', {
    verb,
    orderNo: order.orderNo,
    fields: {
      txnType: '00',
      txnSubType: '00',
      // Of the trade that is asked about.
      bizType: bizTypeOf(order.product),
      orderId: order.orderNo,
      txnTime: beijingDigits(order.requestedAt),
    },
  });
  return stateOf(context, order, reply);
}

function stateOf(context: ChannelContext, order: OrderRef, reply: Reply): TradeState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (reply.code === noSuchTransaction) return { state: 'not-found' };
    return { state: 'unknown', reason: `respCode ${reply.code}, unsigned` };
  }
  const { fields, code } = reply;
  if (code === noSuchTransaction) {
    // Signed. A form that was never posted leaves no order behind.
    return { state: isOver(context, order) ? 'closed' : 'not-found' };
  }
  if (classOf(code) !== 'ok') return { state: 'unknown', reason: `respCode ${code}` };
  if (fields.orderId !== order.orderNo) {
    return { state: 'unknown', reason: 'the answer names no order' };
  }
  const original = fields.origRespCode;
  switch (classOf(original)) {
    case 'ok': {
      const trade = tradeOf(context.account, fields, context.clock.now());
      return trade
        ? { state: 'paid', trade }
        : { state: 'unknown', reason: 'the trade lacks number or amount' };
    }
    case 'failed':
      // A failed try leaves the order payable until its time is over; a payer's code has one try.
      return { state: order.product === 'code' || isOver(context, order) ? 'closed' : 'pending' };
    case 'unclear':
      return isUnderWay(original)
        ? { state: 'pending' }
        : { state: 'unknown', reason: `origRespCode ${original}` };
  }
}

/** 03, 04, 05: not decided yet; 70: waiting for the card holder; 82, 83: at the issuer. */
function isUnderWay(code: string | undefined): boolean {
  return code !== undefined && ['03', '04', '05', '70', '82', '83'].includes(code);
}

function isOver(context: ChannelContext, { expiresAt }: OrderRef): boolean {
  return context.clock.now().getTime() >= expiresAt.getTime() + closingMs;
}
