import type { ChannelContext, CloseResult, Order, OrderRef, PrepayResult } from '../channel.ts';
import { description } from './description.ts';
import { shortDescription } from './order.ts';
import { tradeOf } from './transaction.ts';
import { callV2, type V2Reply } from './v2-client.ts';
import { transactionOfV2 } from './v2-message.ts';

/** The channel takes a reversal no earlier than this after the payment. */
const reverseAfterMs = 15_000;

/** Signed failures after which this try has certainly taken no money. */
const definitive = new Set([
  'NOTENOUGH',
  'NOTSUPORTCARD',
  'AUTHCODEEXPIRE',
  'AUTH_CODE_ERROR',
  'AUTH_CODE_INVALID',
  'BUYER_MISMATCH',
  'NOAUTH',
  'PARAM_ERROR',
  'LACK_PARAMS',
  'SIGNERROR',
  'NOT_UTF8',
  'XML_FORMAT_ERROR',
  'REQUIRE_POST_METHOD',
  'POST_DATA_EMPTY',
  'INVALID_REQUEST',
]);

/**
 * 付款码: the desk scanned what the payer's wallet shows. Version 2 of the protocol, because the
 * channel's documents disagree on whether version 3 has it at all.
 */
export async function payByCode(context: ChannelContext, order: Order): Promise<PrepayResult> {
  const problem = problemOf(context, order);
  // Nothing was sent.
  if (problem) return { state: 'refused', ...problem, isFinal: true };
  const reply = await callV2(context, {
    verb: 'prepay',
    path: '/pay/micropay',
    orderNo: order.orderNo,
    fields: {
      body: shortDescription(order),
      out_trade_no: order.orderNo,
      total_fee: String(order.amountFen),
      fee_type: 'CNY',
      spbill_create_ip: order.payerIp ?? '127.0.0.1',
      auth_code: order.authCode ?? '',
    },
  });
  return readPayment(context, order, reply);
}

function problemOf({ account, credentials }: ChannelContext, { authCode = '' }: Order) {
  if (!description.codePattern?.test(authCode)) {
    return {
      code: 'AUTH_CODE_INVALID',
      message: '不是微信付款码：应为 18 位数字，以 10 至 15 开头',
    };
  }
  if (!credentials.apiV2Key) {
    return { code: 'API_V2_KEY_MISSING', message: '收款账户没有填写 APIv2 密钥，不能收付款码' };
  }
  // What could not be reversed would stay payable after the desk gave up.
  const isTls = account.endpoints.base?.startsWith('https:') ?? true;
  if (isTls && !credentials.merchantCertificatePem) {
    return { code: 'CERTIFICATE_MISSING', message: '收款账户没有商户 API 证书，付款码无法撤销' };
  }
  return undefined;
}

function readPayment(context: ChannelContext, order: Order, reply: V2Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'refused', code: reply.code, message: reply.message };
  }
  const { fields, raw } = reply;
  if (fields.result_code === 'SUCCESS') return readPaid(context, order, { fields, raw });
  const code = fields.err_code ?? '';
  if (code === 'USERPAYING') return { state: 'accepted', instructions: { kind: 'wait' } };
  if (definitive.has(code)) {
    // A code is good once: nobody can pay this order any more.
    return { state: 'refused', code, message: fields.err_code_des ?? '', isFinal: true };
  }
  return { state: 'unknown', reason: code || 'the failure has no code' };
}

function readPaid(
  { account, clock }: ChannelContext,
  { orderNo }: Order,
  { fields, raw }: Pick<V2Reply & { kind: 'verified' }, 'fields' | 'raw'>,
): PrepayResult {
  if (fields.out_trade_no !== orderNo) {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  const facts = { orderNo, tradeState: 'SUCCESS', raw };
  const trade = tradeOf(account, transactionOfV2(account, fields, facts), clock.now());
  if (!trade) return { state: 'unknown', reason: 'the payment lacks number or amount' };
  return { state: 'paid', trade };
}

/** 撤销: what is unpaid becomes unpayable, and what was paid in between goes back. */
export async function reverseCode(context: ChannelContext, order: OrderRef): Promise<CloseResult> {
  const { orderNo, requestedAt } = order;
  if (context.clock.now().getTime() < requestedAt.getTime() + reverseAfterMs) {
    return { state: 'unknown', reason: 'a reversal is taken 15 s after the payment' };
  }
  const reply = await callV2(context, {
    verb: 'close',
    path: '/secapi/pay/reverse',
    orderNo,
    fields: { out_trade_no: orderNo },
    withCertificate: true,
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'unknown', reason: `${reply.code} ${reply.message}` };
  }
  const { result_code: result, recall, err_code: code } = reply.fields;
  if (recall === 'Y') return { state: 'unknown', reason: 'the reversal is to be sent again' };
  if (result === 'SUCCESS') return { state: 'closed' };
  if (code === 'ORDERNOTEXIST') return { state: 'not-found' };
  return { state: 'unknown', reason: code ?? 'the failure has no code' };
}
