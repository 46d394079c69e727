import type { ChannelContext, CloseResult, OrderRef } from '../channel.ts';
import { call } from './client.ts';
import { isClosed, isNotFound, isPaid } from './codes.ts';

/** Makes an unpaid order unpayable; one under a payer's code is reversed, money included. */
export async function closeTrade(
  context: ChannelContext,
  { orderNo, product }: OrderRef,
): Promise<CloseResult> {
  const isScanned = product === 'code';
  const reply = await call(context, {
    verb: isScanned ? 'reverse' : 'close',
    service: isScanned ? 'unified.micropay.reverse' : 'unified.trade.close',
    orderNo,
    fields: { out_trade_no: orderNo },
  });
  switch (reply.kind) {
    case 'unknown':
      return { state: 'unknown', reason: reply.reason };
    case 'refusal':
      return isNotFound(reply.code)
        ? { state: 'not-found' }
        : { state: 'unknown', reason: reply.code };
    case 'verified': {
      const code = reply.failure?.code;
      if (code === undefined || isClosed(code)) return { state: 'closed' };
      if (isPaid(code)) return { state: 'paid' };
      return isNotFound(code) ? { state: 'not-found' } : { state: 'unknown', reason: code };
    }
  }
}
