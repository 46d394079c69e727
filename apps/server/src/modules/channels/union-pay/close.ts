import type { ChannelContext, CloseResult, OrderRef } from '../channel.ts';
import { askAbout } from './query.ts';

/**
 * The gateway has no close: an order ends by its payTimeout. So this only asks; `closed` is said
 * when the time is surely over and UnionPay says, signed, that the order was never paid.
 */
export async function closeTrade(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  const found = await askAbout(context, order, 'close');
  switch (found.state) {
    case 'paid':
    case 'closed':
      return { state: found.state };
    case 'pending':
    case 'not-found':
      return { state: 'open' };
    case 'unknown':
      return found;
  }
}
