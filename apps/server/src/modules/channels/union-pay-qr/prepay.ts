import { beijingDigits } from '../beijing-time.ts';
import type { ChannelContext, Order, PayInstructions, PrepayResult } from '../channel.ts';
import { call, type Failure, type Reply } from './client.ts';
import { isUnclear } from './codes.ts';
import type { Fields } from './sign.ts';
import { tradeOf } from './trade.ts';

/** Most characters of what the wallet shows. */
const maxBody = 40;

/** Places an order: in 云闪付 (`jsapi`), as a code to show (`native`), under a payer's `code`. */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  switch (order.product) {
    case 'jsapi': {
      const special = {
        user_id: order.payerOpenId ?? '',
        customer_ip: order.payerIp ?? '',
        callback_url: order.returnUrl ?? '',
      };
      return placed(order, await place(context, 'pay.unionpay.jspay', order, special));
    }
    case 'native':
      return placed(order, await place(context, 'unified.trade.native', order, {}));
    case 'code': {
      const special = { auth_code: order.authCode ?? '' };
      return scanned(context, await place(context, 'unified.trade.micropay', order, special));
    }
    default:
      throw new Error(`the bank's gateway knows no ${order.product}`);
  }
}

async function place(
  context: ChannelContext,
  service: string,
  order: Order,
  special: Fields,
): Promise<Reply> {
  const isScanned = order.product === 'code';
  return await call(context, {
    verb: 'prepay',
    service,
    orderNo: order.orderNo,
    fields: {
      out_trade_no: order.orderNo,
      body: order.description.slice(0, maxBody),
      total_fee: String(order.amountFen),
      // Required; of a payer whose address is not known, our own.
      mch_create_ip: order.payerIp ?? '127.0.0.1',
      notify_url: isScanned ? '' : context.notifyUrl,
      time_start: beijingDigits(order.requestedAt),
      time_expire: beijingDigits(order.expiresAt),
      ...special,
    },
  });
}

function placed(order: Order, reply: Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return refused(reply);
  if (reply.failure) return refused(reply.failure);
  const instructions = instructionsOf(order, reply.fields);
  if (instructions) return { state: 'accepted', instructions };
  return { state: 'unknown', reason: 'the answer lacks what the payer needs' };
}

function instructionsOf(
  { product }: Order,
  { pay_url: payUrl, code_url: codeUrl }: Fields,
): PayInstructions | undefined {
  if (product === 'native') return codeUrl ? { kind: 'native', codeUrl } : undefined;
  const isAddress = payUrl !== undefined && /^https?:\/\//.test(payUrl) && URL.canParse(payUrl);
  return isAddress ? { kind: 'redirect', url: payUrl } : undefined;
}

/** Paid only when the signed answer says so itself; else the payer may still be at it. */
function scanned(context: ChannelContext, reply: Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return refused(reply);
  const { fields, failure } = reply;
  if (failure) {
    const isOver = fields.need_query === 'N';
    if (!isOver) return { state: 'accepted', instructions: { kind: 'wait' } };
    const result = refused(failure);
    // A payer's code is good once: after a signed no nobody can pay this order.
    return result.state === 'refused' ? { ...result, isFinal: true } : result;
  }
  const trade = fields.pay_result === '0' && tradeOf(context.account, fields, context.clock.now());
  return trade ? { state: 'paid', trade } : { state: 'accepted', instructions: { kind: 'wait' } };
}

function refused({ code, message }: Failure): PrepayResult {
  if (isUnclear(code)) return { state: 'unknown', reason: code };
  return { state: 'refused', code, message };
}
