import type { ChannelContext, CloseResult, OrderRef } from '../channel.ts';
import { call } from './client.ts';
import { paidNumbers } from './prepay.ts';
import { isNotFound, orderPath } from './query.ts';

/** Makes an unpaid order unpayable. Only the signed 204 closes. */
export async function closeTrade(
  context: ChannelContext,
  { orderNo }: OrderRef,
): Promise<CloseResult> {
  const reply = await call(context, {
    verb: 'close',
    method: 'POST',
    path: `${orderPath(orderNo)}/close`,
    orderNo,
    body: { mchid: context.account.mchId },
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
