import type { ChannelContext, Order, PayInstructions, PrepayResult } from '../channel.ts';
import { call, type Reply, type V3Refusal } from './client.ts';
import { payByCode } from './code.ts';
import { payByDebit } from './debit.ts';
import { appParameters, jsapiParameters } from './instructions.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { numberUsed, paidNumbers, shortDescription, transactionsPath } from './order.ts';
import { orderIds, payerIds } from './party.ts';
import { newNonce } from './sign.ts';

/**
 * Refusals after which the order cannot have come into being. Any other code, "already paid" and
 * "number used" among them, leaves open whether an order exists.
 */
const definitive = new Set([
  'PARAM_ERROR',
  'SIGN_ERROR',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'NO_AUTH',
  'RULE_LIMIT',
  'TRADE_ERROR',
  'ACCOUNT_ERROR',
]);
/** Where v3 takes the orders of a product; a mini-program pays as the wallet's browser does. */
const interfaces: Readonly<Record<string, string>> = {
  jsapi: 'jsapi',
  'mini-program': 'jsapi',
  native: 'native',
  h5: 'h5',
  app: 'app',
};

/** Places an order. The same order number may be sent again with the same content. */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  if (order.product === 'code') return await payByCode(context, order);
  if (order.product === 'debit') return await payByDebit(context, order);
  const at = interfaces[order.product];
  const lacks = whatLacks(order);
  if (!at) return refused('PRODUCT_UNKNOWN', '微信支付没有这种支付方式');
  if (lacks) return lacks;
  const reply = await call(context, {
    verb: 'prepay',
    method: 'POST',
    path: `${transactionsPath(context.account)}/${at}`,
    orderNo: order.orderNo,
    body: bodyOf(context, order),
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return readRefusal(reply);
  return readPrepay(context, order, reply);
}

/** The channel would refuse these too, in words that help nobody. */
function whatLacks(order: Order): PrepayResult | undefined {
  if (interfaces[order.product] === 'jsapi' && order.payerOpenId === undefined) {
    return refused('OPENID_MISSING', '请在微信中打开并登录后支付');
  }
  if (order.product === 'h5' && order.payerIp === undefined) {
    return refused('PAYER_IP_MISSING', '没有得到付款人的网络地址，请刷新后再试');
  }
  return undefined;
}

function bodyOf({ account, notifyUrl }: ChannelContext, order: Order): object {
  const isOpenIdWanted = interfaces[order.product] === 'jsapi' && order.payerOpenId !== undefined;
  return {
    ...orderIds(account),
    description: shortDescription(order),
    out_trade_no: order.orderNo,
    time_expire: beijingTime(order.expiresAt),
    notify_url: notifyUrl,
    amount: { total: order.amountFen, currency: 'CNY' },
    ...(isOpenIdWanted && { payer: payerIds(account, order.payerOpenId ?? '') }),
    ...(order.product === 'h5' && {
      scene_info: { payer_client_ip: order.payerIp, h5_info: { type: 'Wap' } },
    }),
  };
}

function readPrepay(
  context: ChannelContext,
  order: Order,
  reply: Reply & { kind: 'verified' },
): PrepayResult {
  const wire = asRecord(parseJson(reply.body));
  const name = { native: 'code_url', h5: 'h5_url' }[order.product as string] ?? 'prepay_id';
  const given = textOf(wire?.[name]);
  if (!given) return { state: 'unknown', reason: `the answer carries no ${name}` };
  return { state: 'accepted', instructions: instructionsOf(context, order, given) };
}

function instructionsOf(context: ChannelContext, order: Order, given: string): PayInstructions {
  if (order.product === 'native') return { kind: 'native', codeUrl: given };
  if (order.product === 'h5') return { kind: 'redirect', url: withReturn(given, order.returnUrl) };
  const timestamp = String(Math.floor(context.clock.now().getTime() / 1000));
  const prepaid = { prepayId: given, timestamp, nonce: newNonce() };
  if (order.product === 'app') return { kind: 'app', params: appParameters(context, prepaid) };
  return jsapiParameters(context, prepaid);
}

/** Without it the wallet leaves the browser on a page of the channel's. */
function withReturn(h5Url: string, returnUrl: string | undefined): string {
  return returnUrl === undefined ? h5Url : `${h5Url}&redirect_url=${encodeURIComponent(returnUrl)}`;
}

function readRefusal(reply: V3Refusal): PrepayResult {
  const isOpen = paidNumbers.has(reply.errorNo) || reply.errorNo === numberUsed;
  const isDefinitive = definitive.has(reply.code) || (reply.code === 'INVALID_REQUEST' && !isOpen);
  if (isDefinitive) return refused(reply.code, reply.message);
  return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
}

function refused(code: string, message: string): PrepayResult {
  return { state: 'refused', code, message };
}

/** RFC 3339 at +08:00, whole seconds. */
function beijingTime(at: Date): string {
  const shifted = new Date(at.getTime() + 8 * 3_600_000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}
