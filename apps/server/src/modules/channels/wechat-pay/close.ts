import type { ChannelContext, CloseResult, OrderRef } from '../channel.ts';
import { call } from './client.ts';
import { reverseCode } from './code.ts';
import { isNotFound, orderPath, paidNumbers } from './order.ts';
import { merchantIds } from './party.ts';

/** Makes an unpaid order unpayable. Only the signed 204 closes. */
export async function closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  if (order.product === 'code') return await reverseCode(context, order);
  // Nobody can take a debit back that the channel is working on; it ends by itself.
  if (order.product === 'debit') return { state: 'open' };
  const { account } = context;
  const { orderNo } = order;
  const reply = await call(context, {
    verb: 'close',
    method: 'POST',
    path: `${orderPath(account, orderNo)}/close`,
    orderNo,
    body: merchantIds(account),
  });
  switch (reply.kind) {
    case 'verified':
      // A signed answer of any other kind is the answer to something else.
      if (reply.status !== 204) return { state: 'unknown', reason: `status ${reply.status}` };
      return { state: 'closed' };
    case 'unknown':
      return { state: 'unknown', reason: reply.reason };
    case 'refusal':
      if (isNotFound(reply)) return { state: 'not-found' };
      if (reply.code === 'ORDERPAID' || paidNumbers.has(reply.errorNo)) return { state: 'paid' };
      return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
  }
}
