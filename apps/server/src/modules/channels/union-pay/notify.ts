import type {
  ChannelContext,
  Notice,
  NoticeAnswers,
  NoticeNews,
  NoticeReading,
  RefusalReason,
} from '../channel.ts';
import { type Fields, readForm } from './fields.ts';
import { refundOf } from './refund.ts';
import { tradeOf } from './trade.ts';
import { verifyFields } from './verify.ts';

/** Any 200 counts as received; other answers bring it again up to five times. */
export const noticeAnswers: NoticeAnswers = {
  accepted: { status: 200, body: 'ok' },
  refused: { status: 401, body: 'refused' },
  failed: { status: 500, body: 'try again' },
};

/** Only successes are told, by a signed form. */
export function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  return Promise.resolve(read(context, notice.rawBody.toString('utf8')));
}

function read(context: ChannelContext, body: string): NoticeReading {
  const fields = readForm(body);
  // Our own form has no respCode: the payer's browser has it, signed under a secret of both sides.
  if (!fields?.orderId || !fields.txnType || !fields.respCode) return refused('not-readable');
  const verdict = verifyFields(context, fields);
  if (!verdict.authentic) return refused(verdict.reason);
  if (fields.merId !== context.account.mchId) return refused('foreign-merchant');
  const { txnType, orderId, respCode, txnTime = '', queryId = '' } = fields;
  return {
    state: 'authentic',
    notificationId: `${txnType}-${orderId}-${txnTime}-${queryId}-${respCode}`,
    eventType: `${txnType}.${respCode}`,
    ...newsOf(context, fields),
  };
}

/**
 * 00 is enough by itself: the signature covers order, amount and queryId, as it does in a query's
 * reply. A6 (success with a defect) and whatever else may come are looked up.
 */
function newsOf(context: ChannelContext, fields: Fields): NoticeNews {
  const now = context.clock.now();
  const isClear = fields.respCode === '00';
  switch (fields.txnType) {
    case '01': {
      const trade = isClear ? tradeOf(context.account, fields, now) : undefined;
      return trade ? { trade } : { lookAt: { orderNo: fields.orderId ?? '' } };
    }
    case '04':
    case '31': {
      const orderNo = fields.origOrderId || fields.reqReserved;
      if (!orderNo) return {};
      const refund = isClear ? refundOf(context.account, fields, { orderNo, now }) : undefined;
      return refund ? { refund } : { lookAt: { orderNo, refundNo: fields.orderId ?? '' } };
    }
    default:
      return {};
  }
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
