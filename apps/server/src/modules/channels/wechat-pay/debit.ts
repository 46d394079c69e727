import type { ChannelContext, Order, OrderRef, PrepayResult, TradeState } from '../channel.ts';
import { shortDescription } from './order.ts';
import { isPartner } from './party.ts';
import { stateOf } from './transaction.ts';
import { callV2, type V2Reply } from './v2-client.ts';
import { transactionOfV2 } from './v2-message.ts';

/** Signed failures after which nothing will be debited under this number. */
const definitive = new Set([
  'NOTENOUGH',
  'NOAUTH',
  'PARAM_ERROR',
  'LACK_PARAMS',
  'SIGNERROR',
  'NOT_UTF8',
  'XML_FORMAT_ERROR',
  'INVALID_REQUEST',
  'RULELIMIT',
  'CONTRACT_NOT_EXIST',
  'CONTRACTERROR',
]);

/**
 * 委托代扣: asks for money under a mandate. Version 2 of the protocol, in which the mandates
 * themselves are made; version 3 is known for merchants with scheduled debits only. Accepted is
 * not paid: that is heard by notice, or asked for.
 */
export async function payByDebit(context: ChannelContext, order: Order): Promise<PrepayResult> {
  const { account, credentials, notifyUrl } = context;
  if (order.mandateNo === undefined || !credentials.apiV2Key) {
    const message = '没有签约号，或收款账户没有填写 APIv2 密钥，不能代扣';
    return { state: 'refused', code: 'MANDATE_MISSING', message, isFinal: true };
  }
  const reply = await callV2(context, {
    verb: 'prepay',
    path: isPartner(account) ? '/pay/partner/pappayapply' : '/pay/pappayapply',
    orderNo: order.orderNo,
    fields: {
      body: shortDescription(order),
      out_trade_no: order.orderNo,
      total_fee: String(order.amountFen),
      fee_type: 'CNY',
      spbill_create_ip: order.payerIp ?? '127.0.0.1',
      notify_url: notifyUrl,
      trade_type: 'PAP',
      contract_id: order.mandateNo,
    },
  });
  return readDebit(reply);
}

function readDebit(reply: V2Reply): PrepayResult {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'refused', code: reply.code, message: reply.message };
  }
  const { result_code: result, err_code: code = '', err_code_des: message = '' } = reply.fields;
  if (result === 'SUCCESS') return { state: 'accepted', instructions: { kind: 'wait' } };
  if (definitive.has(code)) return { state: 'refused', code, message, isFinal: true };
  return { state: 'unknown', reason: code || 'the failure has no code' };
}

export async function queryDebit(context: ChannelContext, order: OrderRef): Promise<TradeState> {
  const { account } = context;
  const reply = await callV2(context, {
    verb: 'query',
    path: isPartner(account) ? '/pay/partner/paporderquery' : '/pay/paporderquery',
    orderNo: order.orderNo,
    fields: { out_trade_no: order.orderNo },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return { state: 'unknown', reason: reply.code };
  const { fields, raw } = reply;
  if (fields.result_code !== 'SUCCESS') {
    if (fields.err_code === 'ORDERNOTEXIST') return { state: 'not-found' };
    return { state: 'unknown', reason: fields.err_code ?? 'the failure has no code' };
  }
  const { out_trade_no: orderNo, trade_state: tradeState } = fields;
  if (!orderNo || !tradeState) return { state: 'unknown', reason: 'the answer is no order' };
  const state = stateOf(
    context,
    order,
    transactionOfV2(account, fields, { orderNo, tradeState, raw }),
  );
  const reason = fields.err_code ?? fields.trade_state_desc;
  return state.state === 'closed' && reason ? { ...state, reason } : state;
}
