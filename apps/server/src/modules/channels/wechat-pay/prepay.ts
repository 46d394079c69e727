import type { ChannelContext, Order, PayInstructions, PrepayResult } from '../channel.ts';
import { call, type Reply } from './client.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { newNonce, signLines } from './sign.ts';

/** Longest description the channel takes; counted in characters, and kept well below in bytes. */
const maxDescription = 60;

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
/** INVALID_REQUEST with one of these numbers means that the order is paid. */
export const paidNumbers: ReadonlySet<number> = new Set([268449538, 268498689]);
/** A repeated request that differs from the first: an order of this number exists. */
const numberUsed = 268498688;

/** Places an order. The same order number may be sent again with the same content. */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  const reply = await call(context, {
    verb: 'prepay',
    method: 'POST',
    path: `/v3/pay/transactions/${order.product}`,
    orderNo: order.orderNo,
    body: bodyOf(context, order),
  });
  return readPrepay(context, order, reply);
}

function bodyOf({ account, notifyUrl }: ChannelContext, order: Order): object {
  return {
    appid: account.appId,
    mchid: account.mchId,
    description: Array.from(order.description).slice(0, maxDescription).join(''),
    out_trade_no: order.orderNo,
    time_expire: beijingTime(order.expiresAt),
    notify_url: notifyUrl,
    amount: { total: order.amountFen, currency: 'CNY' },
    ...(order.payerOpenId !== undefined && { payer: { openid: order.payerOpenId } }),
  };
}

function readPrepay(context: ChannelContext, order: Order, reply: Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return readRefusal(reply);
  const wire = asRecord(parseJson(reply.body));
  if (order.product === 'native') {
    const codeUrl = textOf(wire?.code_url);
    if (!codeUrl) return { state: 'unknown', reason: 'the answer carries no code_url' };
    return { state: 'accepted', instructions: { kind: 'native', codeUrl } };
  }
  const prepayId = textOf(wire?.prepay_id);
  if (!prepayId) return { state: 'unknown', reason: 'the answer carries no prepay_id' };
  const timestamp = String(Math.floor(context.clock.now().getTime() / 1000));
  const instructions = jsapiParameters(context, { prepayId, timestamp, nonce: newNonce() });
  return { state: 'accepted', instructions };
}

function readRefusal(reply: Reply & { kind: 'refusal' }): PrepayResult {
  const isOpen = paidNumbers.has(reply.errorNo) || reply.errorNo === numberUsed;
  const isDefinitive = definitive.has(reply.code) || (reply.code === 'INVALID_REQUEST' && !isOpen);
  if (isDefinitive) return { state: 'refused', code: reply.code, message: reply.message };
  return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
}

/** What WeixinJSBridge is given; signed with the merchant's key. */
export function jsapiParameters(
  { account, signingKey }: Pick<ChannelContext, 'account' | 'signingKey'>,
  input: { prepayId: string; timestamp: string; nonce: string },
): PayInstructions & { kind: 'jsapi' } {
  const paid = `prepay_id=${input.prepayId}`;
  const lines = [account.appId, input.timestamp, input.nonce, paid];
  return {
    kind: 'jsapi',
    params: {
      appId: account.appId,
      timeStamp: input.timestamp,
      nonceStr: input.nonce,
      package: paid,
      signType: 'RSA',
      paySign: signLines(lines, signingKey),
    },
  };
}

/** What a native app is given: other names, and the bare prepay id in the signed text. */
export function appParameters(
  { account, signingKey }: Pick<ChannelContext, 'account' | 'signingKey'>,
  input: { prepayId: string; timestamp: string; nonce: string },
): Readonly<Record<string, string>> {
  const lines = [account.appId, input.timestamp, input.nonce, input.prepayId];
  return {
    appid: account.appId,
    partnerid: account.mchId,
    prepayid: input.prepayId,
    package: 'Sign=WXPay',
    noncestr: input.nonce,
    timestamp: input.timestamp,
    sign: signLines(lines, signingKey),
  };
}

/** RFC 3339 at +08:00, whole seconds. */
function beijingTime(at: Date): string {
  const shifted = new Date(at.getTime() + 8 * 3_600_000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}
