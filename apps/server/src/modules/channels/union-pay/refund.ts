import { beijingDigits } from '../beijing-time.ts';
import type { ChannelContext, ChannelRefund, MerchantAccount } from '../channel.ts';
import type { RefundOrder, RefundRef, RefundResult, RefundState } from '../refund.ts';
import { fenOfDigits } from '../wire-text.ts';
import { call } from './client.ts';
import { accepted, classOf, duplicate, noSuchTransaction } from './codes.ts';
import type { Fields } from './fields.ts';
import { bizTypeOf, channelTypeOf } from './prepay.ts';
import { happenedAt } from './trade.ts';

const refundType = '04';
const voidType = '31';

/**
 * Gives money back: a 撤销 (31) of the whole amount within the clearing day, which the bank undoes
 * at once, otherwise a 退货 (04). The choice hangs on what never changes of the refund, so a
 * repeat under the same number is the same request. Its result comes by notice or query.
 */
export async function refundTrade(
  context: ChannelContext,
  refund: RefundOrder,
): Promise<RefundResult> {
  const { order } = refund;
  const reply = await call(context, 'backTransReq', {
    verb: 'refund',
    orderNo: order.orderNo,
    fields: {
      txnType: isVoid(refund) ? voidType : refundType,
      txnSubType: '00',
      bizType: bizTypeOf(order.product),
      channelType: channelTypeOf(order.product),
      orderId: refund.refundNo,
      txnTime: beijingDigits(refund.requestedAt),
      txnAmt: String(refund.amountFen),
      origQryId: order.tradeNo,
      backUrl: context.notifyUrl,
      // Comes back signed: the notice of a refund need not name our order otherwise.
      reqReserved: order.orderNo,
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'unknown', reason: `respCode ${reply.code}, unsigned` };
  }
  const { code, fields } = reply;
  if (fields.orderId !== refund.refundNo) {
    return { state: 'unknown', reason: 'the answer names no refund' };
  }
  if (classOf(code) === 'ok' || code === accepted || code === duplicate) {
    return { state: 'accepted' };
  }
  if (classOf(code) === 'failed') return { state: 'refused', code, message: fields.respMsg ?? '' };
  return { state: 'unknown', reason: `respCode ${code}` };
}

export async function queryRefund(
  context: ChannelContext,
  refund: RefundRef,
): Promise<RefundState> {
  const reply = await call(context, 'queryTrans', {
    verb: 'refund-query',
    orderNo: refund.order.orderNo,
    fields: {
      txnType: '00',
      txnSubType: '00',
      bizType: bizTypeOf(refund.order.product),
      orderId: refund.refundNo,
      txnTime: beijingDigits(refund.requestedAt),
    },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    return { state: 'unknown', reason: `respCode ${reply.code}, unsigned` };
  }
  if (reply.code === noSuchTransaction) return { state: 'not-found' };
  if (classOf(reply.code) !== 'ok') return { state: 'unknown', reason: `respCode ${reply.code}` };
  return readState(context, refund, reply.fields);
}

function readState(context: ChannelContext, refund: RefundRef, fields: Fields): RefundState {
  if (fields.orderId !== refund.refundNo) {
    return { state: 'unknown', reason: 'the answer names no refund' };
  }
  const code = fields.origRespCode;
  switch (classOf(code)) {
    case 'ok': {
      const done = refundOf(context.account, fields, {
        orderNo: refund.order.orderNo,
        now: context.clock.now(),
      });
      return done
        ? { state: 'refunded', refund: done }
        : { state: 'unknown', reason: 'the refund lacks its amount' };
    }
    case 'failed':
      return { state: 'failed', code: code ?? '', message: fields.origRespMsg ?? '' };
    case 'unclear':
      return { state: 'pending' };
  }
}

/** The refund that fields tell of. @returns undefined when the amount is missing */
export function refundOf(
  account: MerchantAccount,
  fields: Fields,
  facts: { readonly orderNo: string; readonly now: Date },
): ChannelRefund | undefined {
  const amountFen = fenOfDigits(fields.txnAmt);
  const { orderId } = fields;
  if (!orderId || amountFen === undefined) return undefined;
  return {
    channel: account.channel,
    merchantAccountId: account.id,
    orderNo: facts.orderNo,
    refundNo: orderId,
    channelRefundNo: fields.queryId ?? '',
    amountFen,
    refundedAt: happenedAt(fields, facts.now),
    raw: JSON.stringify(fields),
  };
}

/** A day of UnionPay runs from 23:00 to 23:00 in Beijing. */
const clearingShiftMs = 3_600_000;
/** Nothing is voided this close to the end of a day: its clock is not ours. */
const marginMs = 15 * 60_000;

/** Whether the whole amount is undone within the clearing day that it was paid on. */
function isVoid({ amountFen, requestedAt, order }: RefundOrder): boolean {
  if (amountFen !== order.amountFen) return false;
  const paidFrom = clearingDayOf(new Date(order.paidAt.getTime() - marginMs));
  const askedBy = clearingDayOf(new Date(requestedAt.getTime() + marginMs));
  return paidFrom === askedBy;
}

/** YYYYMMDD. */
function clearingDayOf(at: Date): string {
  return beijingDigits(new Date(at.getTime() + clearingShiftMs)).slice(0, 8);
}
