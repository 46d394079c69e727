import { yuanText } from '@wuye-pay/money';
import type { ChannelContext, Order, PrepayResult } from '../channel.ts';
import { textOf } from '../json.ts';
import { call } from './client.ts';
import { codes, type Refusal, type Reply } from './reply.ts';
import { type Call, orderString, pageUrl } from './request.ts';
import { alipayTime } from './time.ts';
import { isUserId, tradeOf } from './trade.ts';

/** Longest subject the channel takes is 256; a wallet shows much less. */
const maxSubject = 128;
/** Words after which an order of this number exists, paid or for somebody else. */
const ordered = new Set([
  'ACQ.TRADE_HAS_SUCCESS',
  'ACQ.CONTEXT_INCONSISTENT',
  'ACQ.TRADE_BUYER_NOT_MATCH',
  'ACQ.DISCORDANT_REPEAT_REQUEST',
]);

/** Places an order. The same order number may be sent again with the same content. */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  switch (order.product) {
    case 'h5':
    case 'page': {
      // The channel hears of it when the payer's browser opens the address.
      const url = pageUrl(context, pageCall(order));
      return { state: 'accepted', instructions: { kind: 'redirect', url } };
    }
    case 'app': {
      const params = { orderString: orderString(context, appCall(order)) };
      return { state: 'accepted', instructions: { kind: 'app', params } };
    }
    case 'jsapi':
    case 'mini-program':
      return readCreated(order, await place(context, order, createCall(context, order)));
    case 'native':
      return readCode(order, await place(context, order, precreateCall(order)));
    case 'code':
    case 'debit':
      return readPaid(context, order, await place(context, order, payCall(context, order)));
  }
}

async function place(context: ChannelContext, order: Order, input: Call): Promise<Reply> {
  return await call(context, { ...input, verb: 'prepay', orderNo: order.orderNo });
}

function createCall({ account }: ChannelContext, order: Order): Call {
  const payer = order.payerOpenId ?? '';
  return {
    method: 'alipay.trade.create',
    isNotified: true,
    content: {
      ...commonContent(order),
      ...(isUserId(payer) ? { buyer_id: payer } : { buyer_open_id: payer }),
      ...(order.product === 'mini-program' && {
        product_code: 'JSAPI_PAY',
        op_app_id: account.appId,
      }),
    },
  };
}

function precreateCall(order: Order): Call {
  const content = { ...commonContent(order), product_code: 'FACE_TO_FACE_PAYMENT' };
  return { method: 'alipay.trade.precreate', isNotified: true, content };
}

function pageCall(order: Order): Call {
  const { returnUrl } = order;
  const common = commonContent(order);
  return order.product === 'h5'
    ? {
        method: 'alipay.trade.wap.pay',
        isNotified: true,
        returnUrl,
        content: {
          ...common,
          product_code: 'QUICK_WAP_WAY',
          ...(returnUrl !== undefined && { quit_url: returnUrl }),
        },
      }
    : {
        method: 'alipay.trade.page.pay',
        isNotified: true,
        returnUrl,
        content: { ...common, product_code: 'FAST_INSTANT_TRADE_PAY' },
      };
}

function appCall(order: Order): Call {
  const content = { ...commonContent(order), product_code: 'QUICK_MSECURITY_PAY' };
  return { method: 'alipay.trade.app.pay', isNotified: true, content };
}

function payCall({ credentials }: ChannelContext, order: Order): Call {
  const how =
    order.product === 'code'
      ? {
          product_code: 'FACE_TO_FACE_PAYMENT',
          scene: 'bar_code',
          auth_code: order.authCode ?? '',
        }
      : {
          product_code: credentials.debitProductCode || 'GENERAL_WITHHOLDING',
          agreement_params: { agreement_no: order.mandateNo ?? '' },
        };
  return {
    method: 'alipay.trade.pay',
    isNotified: true,
    content: { ...commonContent(order), ...how },
  };
}

/** Nothing in it depends on when it is sent: a repeat is the same order. */
function commonContent(order: Order) {
  return {
    out_trade_no: order.orderNo,
    total_amount: yuanText(order.amountFen),
    subject: subjectOf(order.description),
    time_expire: alipayTime(order.expiresAt),
  };
}

/**
 * The channel takes no `/`, `=` and `&` in a subject; a comma would break the line of the bill,
 * which is not quoted.
 */
export function subjectOf(description: string): string {
  const wide: Readonly<Record<string, string>> = { '/': '／', '=': '＝', '&': '＆', ',': '，' };
  const text = description.replace(/[/=&,]/g, (character) => wide[character] ?? '');
  return Array.from(text).slice(0, maxSubject).join('');
}

function readCreated(order: Order, reply: Reply): PrepayResult {
  if (reply.kind !== 'done') return readRefused(reply);
  const tradeNo = textOf(reply.wire.trade_no);
  if (!tradeNo || !isAbout(reply, order)) return another();
  return { state: 'accepted', instructions: { kind: 'alipay-trade', tradeNo } };
}

function readCode(order: Order, reply: Reply): PrepayResult {
  if (reply.kind !== 'done') return readRefused(reply);
  const codeUrl = textOf(reply.wire.qr_code);
  if (!codeUrl || !isAbout(reply, order)) return another();
  return { state: 'accepted', instructions: { kind: 'native', codeUrl } };
}

function readPaid(context: ChannelContext, order: Order, reply: Reply): PrepayResult {
  if (reply.kind !== 'done') return readUnpaid(reply);
  if (!isAbout(reply, order)) return another();
  // The payer is asked for a password; a query tells how it ends.
  if (reply.code === codes.underWay) {
    return { state: 'accepted', instructions: { kind: 'wait' } };
  }
  const trade = tradeOf(context, reply.wire, reply.raw);
  return trade ? { state: 'paid', trade } : another();
}

/** A code is good once and a debit is asked for once: after a signed no nobody can pay it. */
function readUnpaid(reply: Exclude<Reply, { kind: 'done' }>): PrepayResult {
  const result = readRefused(reply);
  const isFinal = reply.kind === 'refusal' && reply.isSigned;
  return result.state === 'refused' && isFinal ? { ...result, isFinal } : result;
}

function isAbout(reply: Reply & { kind: 'done' }, order: Order): boolean {
  return reply.wire.out_trade_no === order.orderNo;
}

function another(): PrepayResult {
  return { state: 'unknown', reason: 'the answer is not about this order' };
}

function readRefused(reply: Exclude<Reply, { kind: 'done' }>): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (ordered.has(reply.subCode)) return { state: 'unknown', reason: reply.subCode };
  return refused(reply);
}

export function refused({ subCode, message }: Refusal) {
  return { state: 'refused', code: subCode, message } as const;
}
