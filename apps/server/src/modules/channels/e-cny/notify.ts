import type { ChannelContext, Notice, NoticeAnswers, NoticeReading } from '../channel.ts';
import { asRecord, parseJson, textOf } from '../json.ts';
import { doubtIn } from './sign.ts';
import { refundOf, tradeOf } from './trade.ts';

const json = 'application/json; charset=utf-8';

export const noticeAnswers: NoticeAnswers = {
  accepted: { status: 200, contentType: json, body: '{"code":"SUCCESS"}' },
  refused: { status: 401, contentType: json, body: '{"code":"REFUSED"}' },
  failed: { status: 500, contentType: json, body: '{"code":"RETRY"}' },
};

/** A payment or a refund that ended, told by the bank. */
export async function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  const { pathname: path } = new URL(context.notifyUrl);
  const message = { kind: 'NOTICE', path, body: notice.rawBody } as const;
  const doubt = doubtIn(context, notice.headers, message);
  if (doubt) return { state: 'refused', reason: doubt };
  const wire = asRecord(parseJson(notice.rawBody.toString('utf8')));
  const data = asRecord(wire?.data);
  const [notificationId, eventType] = [textOf(wire?.id), textOf(wire?.type)];
  if (!data || !notificationId || !eventType) return { state: 'refused', reason: 'not-readable' };
  const isOurs = data.merchantId === context.account.mchId;
  if (!isOurs) return { state: 'refused', reason: 'foreign-merchant' };
  const [orderNo = '', refundNo] = [textOf(data.orderNo), textOf(data.refundNo)];
  const trade = eventType === 'PAYMENT' ? tradeOf(context.account, data) : undefined;
  const refund = eventType === 'REFUND' ? refundOf(context.account, data) : undefined;
  // A refund that failed, or whatever the bank will tell one day: the query knows more.
  const lookAt = trade || refund ? undefined : { orderNo, ...(refundNo && { refundNo }) };
  return { state: 'authentic', notificationId, eventType, trade, refund, lookAt };
}
