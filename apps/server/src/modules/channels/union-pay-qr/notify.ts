import type {
  ChannelContext,
  Notice,
  NoticeAnswers,
  NoticeNews,
  NoticeReading,
  RefusalReason,
} from '../channel.ts';
import { readFlatXml } from '../flat-xml.ts';
import { isAuthentic } from './client.ts';
import { refundOf } from './refund.ts';
import type { Fields } from './sign.ts';
import { tradeOf } from './trade.ts';

/** Only the word `success` ends the repeats. */
export const noticeAnswers: NoticeAnswers = {
  accepted: { status: 200, body: 'success' },
  refused: { status: 401, body: 'fail' },
  failed: { status: 500, body: 'fail' },
};

export function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  return Promise.resolve(read(context, notice.rawBody.toString('utf8')));
}

function read(context: ChannelContext, body: string): NoticeReading {
  const fields = readFlatXml(body);
  if (!fields?.status) return refused('not-readable');
  if (!fields.sign) return refused('header-missing');
  if (!isAuthentic(context, fields)) return refused('bad-signature');
  if (fields.mch_id !== context.account.mchId) return refused('foreign-merchant');
  const { out_trade_no: orderNo = '', out_refund_no: refundNo = '' } = fields;
  if (orderNo === '') return refused('not-readable');
  const eventType = refundNo === '' ? 'trade' : 'refund';
  const number = fields.refund_id || fields.transaction_id || '';
  const said = `${fields.status}${fields.result_code ?? ''}${fields.pay_result ?? ''}`;
  return {
    state: 'authentic',
    notificationId: `${eventType}-${orderNo}-${refundNo}-${number}-${said}`,
    eventType,
    ...(refundNo === '' ? tradeNews(context, fields) : refundNews(context, fields)),
  };
}

/** A signed success is enough by itself; anything else is looked up. */
function tradeNews(context: ChannelContext, fields: Fields): NoticeNews {
  const { status, result_code: resultCode, pay_result: payResult } = fields;
  const isPaid = status === '0' && resultCode === '0' && payResult === '0';
  const trade = isPaid ? tradeOf(context.account, fields, context.clock.now()) : undefined;
  return trade ? { trade } : { lookAt: { orderNo: fields.out_trade_no ?? '' } };
}

/** Notices of refunds are not documented: one that says less than everything is looked up. */
function refundNews(context: ChannelContext, fields: Fields): NoticeNews {
  const { out_trade_no: orderNo = '', out_refund_no: refundNo = '' } = fields;
  const isDone = fields.status === '0' && fields.refund_status === 'SUCCESS';
  const refund = isDone
    ? refundOf(context.account, {
        orderNo,
        refundNo,
        channelRefundNo: fields.refund_id,
        amount: fields.refund_fee,
        time: fields.refund_time,
        raw: JSON.stringify(fields),
        now: context.clock.now(),
      })
    : undefined;
  return refund ? { refund } : { lookAt: { orderNo, refundNo } };
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
