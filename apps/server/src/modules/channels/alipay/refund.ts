import { yuanText } from '@wuye-pay/money';
import type { ChannelContext, ChannelRefund } from '../channel.ts';
import { textOf } from '../json.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from '../refund.ts';
import { call } from './client.ts';
import { refused } from './prepay.ts';
import type { Refusal, Reply, Wire } from './reply.ts';
import { instantOf } from './time.ts';
import { fenOf, positiveFen } from './trade.ts';

const maxReason = 80;
/** Words that a repeat may also get after its first try moved the money. */
const ambiguous = new Set([
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.DISCORDANT_REPEAT_REQUEST',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
]);

/**
 * Gives money back. "Success" is only the call's: `fund_change` says whether money moved. Where
 * that leaves open what became of this number, it is asked; so it may take two calls.
 */
export async function refundTrade(
  context: ChannelContext,
  refund: RefundOrder,
): Promise<RefundResult> {
  const reply = await call(context, {
    verb: 'refund',
    orderNo: refund.order.orderNo,
    method: 'alipay.trade.refund',
    content: {
      out_trade_no: refund.order.orderNo,
      refund_amount: yuanText(refund.amountFen),
      refund_reason: Array.from(refund.reason).slice(0, maxReason).join(''),
      out_request_no: refund.refundNo,
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return await readRefusal(context, refund, reply);
  const { wire } = reply;
  if (wire.out_trade_no !== refund.order.orderNo) {
    return { state: 'unknown', reason: 'the answer is about another order' };
  }
  if (wire.fund_change === 'Y') return readMoved(context, refund, reply);
  const found = await queryRefund(context, refund);
  // It was taken, and nothing has moved yet.
  return found.state === 'refunded' || found.state === 'unknown' ? found : { state: 'accepted' };
}

function readMoved(
  context: ChannelContext,
  refund: RefundOrder,
  { wire, raw }: Reply & { kind: 'done' },
): RefundResult {
  // Of all refunds of the order together.
  const cumulatedFen = fenOf(wire.refund_fee);
  if (cumulatedFen === undefined || cumulatedFen < refund.amountFen) {
    return { state: 'unknown', reason: `refund_fee is ${String(wire.refund_fee)}` };
  }
  const made = refundOf(context, refund, { wire, raw, amountFen: refund.amountFen });
  return { state: 'refunded', refund: made };
}

async function readRefusal(
  context: ChannelContext,
  refund: RefundOrder,
  reply: Refusal,
): Promise<RefundResult> {
  if (!reply.isSigned) return { state: 'unknown', reason: `${reply.subCode}, not signed` };
  if (!ambiguous.has(reply.subCode)) return refused(reply);
  const found = await queryRefund(context, refund);
  if (found.state === 'refunded' || found.state === 'unknown') return found;
  return found.state === 'pending' ? { state: 'accepted' } : refused(reply);
}

/** Asks what became of one refund. */
export async function queryRefund(
  context: ChannelContext,
  refund: RefundRef,
): Promise<RefundState> {
  const reply = await call(context, {
    verb: 'refund-query',
    orderNo: refund.order.orderNo,
    method: 'alipay.trade.fastpay.refund.query',
    content: {
      out_trade_no: refund.order.orderNo,
      out_request_no: refund.refundNo,
      query_options: ['gmt_refund_pay'],
    },
  });
  return readRefund(context, refund, reply);
}

function readRefund(context: ChannelContext, refund: RefundRef, reply: Reply): RefundState {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    const isNothing = reply.isSigned && reply.subCode === 'ACQ.TRADE_NOT_EXIST';
    return isNothing
      ? { state: 'not-found' }
      : { state: 'unknown', reason: `${reply.subCode} (${reply.code})` };
  }
  const { wire, raw } = reply;
  const status = textOf(wire.refund_status);
  const amountFen = positiveFen(wire.refund_amount);
  // An answer without number and status is that of a refund which never came or came to nothing.
  if (status === undefined && amountFen === undefined) return { state: 'not-found' };
  if (wire.out_request_no !== refund.refundNo || wire.out_trade_no !== refund.order.orderNo) {
    return { state: 'unknown', reason: 'the answer is about another refund' };
  }
  if (status !== 'REFUND_SUCCESS') return { state: 'pending' };
  if (amountFen === undefined) return { state: 'unknown', reason: 'a refund without its amount' };
  return { state: 'refunded', refund: refundOf(context, refund, { wire, raw, amountFen }) };
}

function refundOf(
  { account, clock }: ChannelContext,
  { order, refundNo }: RefundRef,
  facts: { readonly wire: Wire; readonly raw: string } & Pick<ChannelRefund, 'amountFen'>,
): ChannelRefund {
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo: order.orderNo,
    refundNo,
    // The channel numbers trades only.
    channelRefundNo: '',
    amountFen: facts.amountFen,
    refundedAt: instantOf(textOf(facts.wire.gmt_refund_pay)) ?? clock.now(),
    raw: facts.raw,
  };
}
