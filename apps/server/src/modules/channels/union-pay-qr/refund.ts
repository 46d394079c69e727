import { instantOfBeijing } from '../beijing-time.ts';
import type { ChannelContext, ChannelRefund, MerchantAccount } from '../channel.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from '../refund.ts';
import { fenOfDigits } from '../wire-text.ts';
import { call } from './client.ts';
import { isRefundNotFound, isRefundRefused } from './codes.ts';
import type { Fields } from './sign.ts';

/** Taken on, not done: the result comes by query. */
export async function refundTrade(
  context: ChannelContext,
  refund: RefundOrder,
): Promise<RefundResult> {
  const { order } = refund;
  const reply = await call(context, {
    verb: 'refund',
    service: 'unified.trade.refund',
    orderNo: order.orderNo,
    fields: {
      out_trade_no: order.orderNo,
      transaction_id: order.tradeNo,
      out_refund_no: refund.refundNo,
      total_fee: String(order.amountFen),
      refund_fee: String(refund.amountFen),
      op_user_id: context.account.mchId,
      refund_channel: 'ORIGINAL',
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return { state: 'unknown', reason: `${reply.code}, unsigned` };
  const { failure } = reply;
  if (!failure) return { state: 'accepted' };
  if (isRefundRefused(failure.code)) return { state: 'refused', ...failure };
  return { state: 'unknown', reason: failure.code };
}

export async function queryRefund(
  context: ChannelContext,
  refund: RefundRef,
): Promise<RefundState> {
  const reply = await call(context, {
    verb: 'refund-query',
    service: 'unified.trade.refundquery',
    orderNo: refund.order.orderNo,
    fields: { out_trade_no: refund.order.orderNo, out_refund_no: refund.refundNo },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return { state: 'unknown', reason: `${reply.code}, unsigned` };
  if (reply.failure) {
    const { code } = reply.failure;
    return isRefundNotFound(code) ? { state: 'not-found' } : { state: 'unknown', reason: code };
  }
  const at = indexOf(reply.fields, refund.refundNo);
  if (at === undefined) return { state: 'not-found' };
  return stateOf(context, refund, reply.fields, at);
}

/** Refunds of an order are numbered from 0: `out_refund_no_0`, `refund_status_0` and so on. */
function indexOf(fields: Fields, refundNo: string): number | undefined {
  const name = Object.keys(fields).find(
    (one) => /^out_refund_no_\d{1,4}$/.test(one) && fields[one] === refundNo,
  );
  return name === undefined ? undefined : Number(name.slice(name.lastIndexOf('_') + 1));
}

function stateOf(
  context: ChannelContext,
  refund: RefundRef,
  fields: Fields,
  at: number,
): RefundState {
  const status = fields[`refund_status_${at}`] ?? '';
  switch (status) {
    case 'SUCCESS': {
      const done = refundOf(context.account, {
        orderNo: refund.order.orderNo,
        refundNo: refund.refundNo,
        channelRefundNo: fields[`refund_id_${at}`],
        amount: fields[`refund_fee_${at}`],
        time: fields[`refund_time_${at}`],
        raw: JSON.stringify(fields),
        now: context.clock.now(),
      });
      return done
        ? { state: 'refunded', refund: done }
        : { state: 'unknown', reason: 'the refund lacks its amount' };
    }
    case 'FAIL':
    case 'FAILED':
      return { state: 'failed', code: status, message: '' };
    case 'PROCESSING':
    case 'NOTSURE':
      return { state: 'pending' };
    default: // CHANGE: the card takes no money back, so a person has to pay it out.
      return { state: 'unknown', reason: `refund_status ${status}` };
  }
}

/** @returns undefined when the amount is missing */
export function refundOf(
  account: MerchantAccount,
  said: {
    readonly orderNo: string;
    readonly refundNo: string;
    readonly channelRefundNo: string | undefined;
    readonly amount: string | undefined;
    readonly time: string | undefined;
    readonly raw: string;
    readonly now: Date;
  },
): ChannelRefund | undefined {
  const amountFen = fenOfDigits(said.amount);
  if (amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo: said.orderNo,
    refundNo: said.refundNo,
    channelRefundNo: said.channelRefundNo ?? '',
    amountFen,
    refundedAt: instantOfBeijing(said.time ?? '') ?? said.now,
    raw: said.raw,
  };
}
