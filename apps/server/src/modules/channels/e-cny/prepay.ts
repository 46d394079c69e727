import type { ChannelContext, Order, PayInstructions, PrepayResult } from '../channel.ts';
import { textOf } from '../json.ts';
import { call, type Fields } from './client.ts';
import { tradeOf } from './trade.ts';

const products: Fields = { native: 'CODE', h5: 'H5', page: 'H5', code: 'SCAN' };
/** Nothing can be paid under this number any more: the code is spent, or the order is closed. */
const final = new Set(['CODE_INVALID', 'CODE_EXPIRED', 'WALLET_BALANCE_TOO_SMALL']);

/** Places an order: a page of the wallet, a code to show, or under the payer's code. */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  const { orderNo, returnUrl, authCode } = order;
  const product = products[order.product];
  const fields = {
    ...{ orderNo, product, amount: order.amountFen, notifyUrl: context.notifyUrl },
    subject: order.description.slice(0, 60), // As much as the wallet shows.
    expireAt: Math.floor(order.expiresAt.getTime() / 1000),
    ...(product === 'H5' && returnUrl !== undefined && { returnUrl }),
    ...(product === 'SCAN' && { walletCode: authCode }),
  };
  const reply = await call(context, { verb: 'prepay', service: 'orders', fields });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    const { code, message } = reply;
    // The order exists and was paid: only a query tells for what.
    if (code === 'ORDER_PAID') return { state: 'unknown', reason: code };
    return { state: 'refused', code, message, ...(final.has(code) && { isFinal: true }) };
  }
  const trade = reply.data.status === 'PAID' ? tradeOf(context.account, reply.data) : undefined;
  if (trade) return { state: 'paid', trade };
  const instructions = instructionsOf(reply.data);
  if (instructions) return { state: 'accepted', instructions };
  return { state: 'unknown', reason: 'the answer lacks what the payer needs' };
}

function instructionsOf({ status, payUrl, codeUrl }: Fields): PayInstructions | undefined {
  const [url, code] = [textOf(payUrl), textOf(codeUrl)];
  if (status === 'PAYING') return { kind: 'wait' };
  if (url?.startsWith('http')) return { kind: 'redirect', url };
  return code?.startsWith('http') ? { kind: 'native', codeUrl: code } : undefined;
}
