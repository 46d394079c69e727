import { beijingDigits } from '../beijing-time.ts';
import type { ChannelContext, Order, PayInstructions, PrepayResult, Product } from '../channel.ts';
import { withinBytes } from '../wire-text.ts';
import { call, type Interface, type Reply } from './client.ts';
import { accepted, classOf } from './codes.ts';
import { isTestEnvironment } from './endpoints.ts';
import type { Fields } from './fields.ts';
import { signed } from './signer.ts';

/** 条码 and QR orders are common business (000000), cashier pages and apps B2C (000201). */
export function bizTypeOf(product: Product): string {
  return product === 'native' || product === 'code' ? '000000' : '000201';
}

/** 07: a computer; 08: a phone. */
export function channelTypeOf(product: Product): string {
  return product === 'page' ? '07' : '08';
}

/** The terminal that the acquirer registered; of a desk without one. */
const noTerminal = '00000001';

/**
 * Places an order. `page` and `h5` are not sent from here: the payer's browser posts the signed
 * form, so UnionPay knows of no order before that.
 */
export async function prepay(context: ChannelContext, order: Order): Promise<PrepayResult> {
  switch (order.product) {
    case 'page':
    case 'h5':
      return { state: 'accepted', instructions: formOf(context, order) };
    case 'app':
      return await place(context, 'appTransReq', order, {
        txnSubType: '01',
        frontUrl: order.returnUrl ?? '',
      });
    case 'native':
      return await place(context, 'backTransReq', order, { txnSubType: '07' });
    case 'code':
      return await place(context, 'backTransReq', order, {
        txnSubType: '06',
        qrNo: order.authCode ?? '',
        termId: context.credentials.terminalId || noTerminal,
      });
    default:
      throw new Error(`UnionPay knows no ${order.product}`);
  }
}

function formOf(context: ChannelContext, order: Order): PayInstructions {
  const fields = signed(context, {
    ...orderFields(context, order),
    txnSubType: '01',
    frontUrl: order.returnUrl ?? '',
  });
  return { kind: 'form', action: context.account.endpoints.front ?? '', fields };
}

function orderFields(context: ChannelContext, order: Order): Fields {
  const { product, payerIp } = order;
  const isIpv4 = payerIp !== undefined && /^\d{1,3}(\.\d{1,3}){3}$/.test(payerIp);
  const name = plainName(order.description);
  return {
    txnType: '01',
    bizType: bizTypeOf(product),
    channelType: channelTypeOf(product),
    orderId: order.orderNo,
    // The order's second half of its identity: the same when it is placed again.
    txnTime: beijingDigits(order.requestedAt),
    txnAmt: String(order.amountFen),
    currencyCode: '156',
    backUrl: context.notifyUrl,
    payTimeout: beijingDigits(order.expiresAt),
    orderDesc: name,
    riskRateInfo: name && bizTypeOf(product) === '000201' ? `{commodityName=${name}}` : '',
    customerIp: isIpv4 ? payerIp : '',
  };
}

/** Most bytes of orderDesc; whether the limit means bytes or characters is not documented. */
const maxNameBytes = 32;

/** Without the signs that structure a message, cut between characters. */
export function plainName(description: string): string {
  return withinBytes(description.replace(/[&={}[\]"'\s]/g, ''), maxNameBytes);
}

async function place(
  context: ChannelContext,
  name: Interface,
  order: Order,
  special: Fields,
): Promise<PrepayResult> {
  const reply = await call(context, name, {
    verb: 'prepay',
    orderNo: order.orderNo,
    fields: { ...orderFields(context, order), ...special },
  });
  return resultOf(context, order, reply);
}

function resultOf(context: ChannelContext, order: Order, reply: Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'refused', code: reply.code, message: reply.message };
  }
  const { fields, code } = reply;
  if (fields.orderId !== order.orderNo) {
    return { state: 'unknown', reason: 'the answer names no order' };
  }
  const verdict = classOf(code);
  if (verdict === 'failed') {
    const refused = { state: 'refused', code, message: fields.respMsg ?? '' } as const;
    // A payer's code is good once: after a signed no nobody can pay this order.
    return order.product === 'code' ? { ...refused, isFinal: true } : refused;
  }
  // Of a payer's code, 00 is "taken on" in some samples and "paid" in others: the query tells.
  if (order.product === 'code' && (verdict === 'ok' || code === accepted)) {
    return { state: 'accepted', instructions: { kind: 'wait' } };
  }
  const instructions =
    verdict === 'ok' ? instructionsOf(context, order.product, fields) : undefined;
  if (instructions) return { state: 'accepted', instructions };
  return { state: 'unknown', reason: `respCode ${code} without what the payer needs` };
}

function instructionsOf(
  context: ChannelContext,
  product: Product,
  { tn, qrCode }: Fields,
): PayInstructions | undefined {
  if (product === 'native') return qrCode ? { kind: 'native', codeUrl: qrCode } : undefined;
  if (!tn) return undefined;
  // The app's library is told which environment to speak to.
  return { kind: 'app', params: { tn, mode: isTestEnvironment(context.account) ? '01' : '00' } };
}
