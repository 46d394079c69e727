import { createHash } from 'node:crypto';
import type {
  ChannelContext,
  MandateNews,
  Notice,
  NoticeAnswers,
  NoticeNews,
  NoticeReading,
  RefusalReason,
} from '../channel.ts';
import { knownKeys } from './keys.ts';
import { isSignedBy, type Parameters, signType, textToSign } from './sign.ts';
import { instantOf } from './time.ts';
import { payerOf, positiveFen, tradeOf } from './trade.ts';

const plain = (body: string) => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });

/** Anything but these seven letters is sent again, 8 times in about 25 hours. */
export const noticeAnswers: NoticeAnswers = {
  accepted: plain('success'),
  refused: plain('failure'),
  failed: plain('failure'),
};

/**
 * Verifies over every parameter that came, then compares app and seller. There is no time to
 * check: a notice is repeated for a day, and an old one is still true. No key is looked up for a
 * notice, so that a forged one costs nothing; answers bring the keys that notices need.
 */
export async function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  const body = notice.rawBody.toString('utf8');
  const form = readForm(body);
  if (!form) return refused('not-readable');
  const { sign, sign_type: type, ...said } = form;
  if (!sign) return refused('header-missing');
  if (type !== signType) return refused('wrong-algorithm');
  const text = textToSign(said);
  const isOurs = knownKeys(context).some((key) => isSignedBy(key, text, sign));
  if (!isOurs) return refused('bad-signature');
  return readSaid(context, said, body);
}

/**
 * Decodes each value once: a second time would turn the `%` of a subject into something else.
 * @returns undefined for what is no form, or names a parameter twice
 */
export function readForm(body: string): Parameters | undefined {
  const form = new Map<string, string>();
  for (const pair of body.split('&')) {
    const at = pair.indexOf('=');
    const name = decoded(pair.slice(0, at));
    const value = decoded(pair.slice(at + 1));
    if (at < 1 || name === undefined || value === undefined || form.has(name)) return undefined;
    form.set(name, value);
  }
  return Object.fromEntries(form);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function readSaid(context: ChannelContext, said: Parameters, raw: string): NoticeReading {
  const { account } = context;
  if (said.app_id !== account.appId) return refused('foreign-app');
  const type = said.notify_type ?? '';
  const known = {
    state: 'authentic',
    notificationId: said.notify_id || digestOf(said),
    eventType: `${type}:${said.trade_status ?? said.status ?? ''}`,
  } as const;
  if (type === 'dut_user_sign' || type === 'dut_user_unsign') {
    return { ...known, mandate: mandateOf(context, type, said) };
  }
  if (type !== 'trade_status_sync') return known;
  if (said.seller_id !== account.mchId) return refused('foreign-merchant');
  const news = tradeNews(context, said, raw);
  return news ? { ...known, ...news } : refused('not-readable');
}

/**
 * A refund is told with the words of a payment; the money given back so far is all that tells
 * them apart. As it is told cumulated, the refund itself is asked for.
 */
function tradeNews(context: ChannelContext, said: Parameters, raw: string): NoticeNews | undefined {
  const orderNo = said.out_trade_no;
  if (!orderNo) return undefined;
  const refundNo = said.out_biz_no;
  if (refundNo || positiveFen(said.refund_fee) !== undefined || said.gmt_refund) {
    return { lookAt: { orderNo, ...(refundNo && { refundNo }) } };
  }
  switch (said.trade_status) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED': {
      const trade = tradeOf(context, said, raw);
      return trade && { trade };
    }
    case 'TRADE_CLOSED':
      return { lookAt: { orderNo } };
    default:
      return {};
  }
}

/** @returns undefined for an agreement that was not asked for by us */
function mandateOf(
  { clock }: ChannelContext,
  type: string,
  said: Parameters,
): MandateNews | undefined {
  const { external_agreement_no: mandateNo, agreement_no: channelMandateNo } = said;
  if (!mandateNo || !channelMandateNo) return undefined;
  const isEnded = type === 'dut_user_unsign';
  if (!isEnded && said.status !== 'NORMAL') return undefined;
  const times = isEnded ? [said.unsign_time, said.notify_time] : [said.sign_time, said.notify_time];
  const payer = payerOf(said);
  return {
    mandateNo,
    channelMandateNo,
    state: isEnded ? 'ended' : 'active',
    at: times.map(instantOf).find((at) => at !== undefined) ?? clock.now(),
    ...(payer !== undefined && { payerOpenId: payer }),
  };
}

/** For a notice without a number: what it says, but for the time at which it was sent. */
function digestOf({ notify_time: _sentAt, ...said }: Parameters): string {
  return createHash('sha256').update(textToSign(said)).digest('hex').slice(0, 40);
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
