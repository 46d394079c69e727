import { fen } from '@wuye-pay/money';
import type { ChannelContext, ChannelRefund } from '../channel.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from '../refund.ts';
import { withinBytes } from '../wire-text.ts';
import { call, type V3Refusal } from './client.ts';
import { asRecord, instantOf, parseJson, textOf } from './json.ts';
import { numberUsed } from './order.ts';
import { queryOf, subMerchantIds } from './party.ts';
import { wholeFen } from './transaction.ts';

/** Shown to the payer; the channel takes 80 bytes. */
const maxReasonBytes = 80;

/**
 * A clear no: nothing moved. Too many requests (429) is none: the request may have been accepted.
 */
const definitive = new Set([
  'PARAM_ERROR',
  'INVALID_REQUEST',
  'SIGN_ERROR',
  'NO_AUTH',
  'MCH_NOT_EXISTS',
  'NOT_ENOUGH',
  'USER_ACCOUNT_ABNORMAL',
  'TRADE_OVERDUE',
  'REFUND_FEE_MISMATCH',
  'RESOURCE_NOT_EXISTS',
]);

/** Asks to give money back. The same number again is the same refund. */
export async function refundTrade(
  context: ChannelContext,
  refund: RefundOrder,
): Promise<RefundResult> {
  const { account, notifyUrl } = context;
  const { order } = refund;
  const reply = await call(context, {
    verb: 'refund',
    method: 'POST',
    path: '/v3/refund/domestic/refunds',
    orderNo: order.orderNo,
    body: {
      ...subMerchantIds(account),
      transaction_id: order.tradeNo,
      out_refund_no: refund.refundNo,
      reason: withinBytes(refund.reason, maxReasonBytes),
      notify_url: notifyUrl,
      amount: { refund: refund.amountFen, total: order.amountFen, currency: 'CNY' },
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return readRefusal(reply);
  const state = readRefund(context, refund, reply.body);
  if (state.state === 'refunded' || state.state === 'unknown') return state;
  // An earlier one of this number that failed for good says so to the query.
  return { state: 'accepted' };
}

function readRefusal(reply: V3Refusal): RefundResult {
  const isClear = reply.status !== 429 && definitive.has(reply.code);
  if (!isClear || reply.errorNo === numberUsed) {
    return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
  }
  return { state: 'refused', code: reply.code, message: reply.message };
}

export async function queryRefund(
  context: ChannelContext,
  refund: RefundRef,
): Promise<RefundState> {
  const number = encodeURIComponent(refund.refundNo);
  const reply = await call(context, {
    verb: 'refund-query',
    method: 'GET',
    path: `/v3/refund/domestic/refunds/${number}${queryOf(subMerchantIds(context.account))}`,
    orderNo: refund.order.orderNo,
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (reply.status === 404 && reply.code === 'RESOURCE_NOT_EXISTS') return { state: 'not-found' };
    return { state: 'unknown', reason: `${reply.code} (${reply.status})` };
  }
  return readRefund(context, refund, reply.body);
}

function readRefund(context: ChannelContext, refund: RefundRef, raw: string): RefundState {
  const wire = asRecord(parseJson(raw));
  const amount = asRecord(wire?.amount);
  const isAsked =
    wire?.out_refund_no === refund.refundNo &&
    wire.out_trade_no === refund.order.orderNo &&
    amount?.refund === refund.amountFen &&
    (amount.currency ?? 'CNY') === 'CNY';
  if (!wire || !isAsked) return { state: 'unknown', reason: 'the answer is about another refund' };
  switch (wire.status) {
    case 'SUCCESS': {
      const refunded = refundOf(context, { wire, status: 'SUCCESS', raw });
      return refunded
        ? { state: 'refunded', refund: refunded }
        : { state: 'unknown', reason: 'the answer lacks number or amount' };
    }
    case 'PROCESSING':
      return { state: 'pending' };
    case 'ABNORMAL':
      // The money left us and did not arrive: another number would give it twice.
      return { state: 'pending', code: 'ABNORMAL', message: abnormalMessage };
    case 'CLOSED':
      return { state: 'failed', code: 'CLOSED', message: '微信支付已关闭这笔退款，款项未退出' };
    default:
      return { state: 'unknown', reason: `status ${String(wire.status)}` };
  }
}

const abnormalMessage =
  '退款异常：付款人的银行卡已注销或冻结。请在微信支付商户平台“交易中心—退款查询”中处理这笔退款，不要另行退款';

/** @returns undefined when it is no refund that arrived, or number or amount are missing */
export function refundOf(
  { account, clock }: ChannelContext,
  said: {
    readonly wire: Readonly<Record<string, unknown>>;
    readonly status: unknown;
    readonly raw: string;
  },
): ChannelRefund | undefined {
  const { wire, status, raw } = said;
  const orderNo = textOf(wire.out_trade_no);
  const refundNo = textOf(wire.out_refund_no);
  const amountFen = wholeFen(asRecord(wire.amount)?.refund);
  if (status !== 'SUCCESS' || !orderNo || !refundNo || amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo,
    refundNo,
    channelRefundNo: textOf(wire.refund_id) ?? '',
    amountFen: fen(amountFen),
    refundedAt: instantOf(wire.success_time) ?? clock.now(),
    raw,
  };
}
