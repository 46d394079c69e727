import { createHash } from 'node:crypto';
import { instantOfBeijing } from '../beijing-time.ts';
import type {
  ChannelContext,
  MandateNews,
  Notice,
  NoticeAnswers,
  NoticeReading,
  RefusalReason,
} from '../channel.ts';
import { secretsOf } from './credentials.ts';
import { foreignV2 } from './party.ts';
import { isCollected, tradeOf } from './transaction.ts';
import { openReqInfo } from './v2.ts';
import { isSignedV2, payerOfV2, readV2, transactionOfV2, type V2Fields } from './v2-message.ts';

/** The two protocols send to one address; this one speaks XML. */
export function isV2Notice({ rawBody }: Notice): boolean {
  return (
    rawBody
      .subarray(0, 64)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()[0] === '<'
  );
}

export const v2Answers: NoticeAnswers = {
  accepted: answer(200, 'SUCCESS', 'OK'),
  refused: answer(401, 'FAIL', '通知无效，已拒绝'),
  failed: answer(500, 'FAIL', '系统繁忙，请稍后重发'),
};

function answer(status: number, code: string, message: string) {
  const body =
    `<xml><return_code><![CDATA[${code}]]></return_code>` +
    `<return_msg><![CDATA[${message}]]></return_msg></xml>`;
  return { status, contentType: 'text/xml; charset=utf-8', body };
}

export function readV2Notice(context: ChannelContext, rawBody: Buffer): NoticeReading {
  const fields = readV2(rawBody);
  if (!fields) return refused('not-readable');
  const keys = secretsOf(context, 'apiV2Key');
  if (fields.req_info !== undefined) return readRefund(context, fields, keys);
  if (!fields.sign) return refused('header-missing');
  if (!isSignedV2(fields, keys)) return refused('bad-signature');
  const foreign = isNamed(context, fields) ? foreignV2(context.account, fields) : missingMerchant;
  if (foreign) return refused(foreign);
  const raw = rawBody.toString('utf8');
  if (fields.change_type !== undefined) return readMandate(context, fields);
  return readPayment(context, fields, raw);
}

const missingMerchant = 'foreign-merchant';

/** A notice has to say whose it is: a partner's key signs for every merchant that it serves. */
function isNamed({ account }: ChannelContext, fields: V2Fields): boolean {
  if (fields.mch_id === undefined) return false;
  return account.subMchId === null || fields.sub_mch_id !== undefined;
}

/** A debit, successful or not; how far it went is in `result_code`. */
function readPayment(context: ChannelContext, fields: V2Fields, raw: string): NoticeReading {
  const { account, clock } = context;
  const orderNo = fields.out_trade_no;
  if (!orderNo) return { ...known(fields, ['sign']), eventType: 'UNKNOWN' };
  const eventType = `V2.${fields.trade_type ?? 'PAYMENT'}.${fields.result_code ?? ''}`;
  const authentic = {
    ...known(fields, ['transaction_id', 'result_code', 'out_trade_no']),
    eventType,
  };
  const isPaid = fields.return_code === 'SUCCESS' && fields.result_code === 'SUCCESS';
  const tradeState = fields.trade_state ?? (isPaid ? 'SUCCESS' : 'FAIL');
  const transaction = transactionOfV2(account, fields, { orderNo, tradeState, raw });
  if (!isPaid || !isCollected(transaction)) return { ...authentic, lookAt: { orderNo } };
  const trade = tradeOf(account, transaction, clock.now());
  return trade ? { ...authentic, trade } : refused('not-readable');
}

const mandateStates = new Map([
  ['ADD', 'active'],
  ['DELETE', 'ended'],
] as const) as ReadonlyMap<string, MandateNews['state']>;

function readMandate({ account }: ChannelContext, fields: V2Fields): NoticeReading {
  const { change_type: change, contract_id: channelMandateNo, contract_code: mandateNo } = fields;
  const authentic = {
    ...known(fields, ['contract_id', 'change_type', 'operate_time']),
    eventType: `V2.CONTRACT.${change ?? ''}`,
  };
  const state = mandateStates.get(change ?? '');
  const at = instantOfBeijing((fields.operate_time ?? '').replace(/\D/g, ''));
  const isDone = fields.result_code === undefined || fields.result_code === 'SUCCESS';
  if (!state || !isDone || !channelMandateNo || !mandateNo || !at) return authentic;
  const openId = payerOfV2(account, fields);
  const payer = openId === undefined ? {} : { payerOpenId: openId };
  return { ...authentic, mandate: { mandateNo, channelMandateNo, state, at, ...payer } };
}

/**
 * A refund as older settings of the merchant's console tell it: sealed with our key, but in blocks
 * that bear no signature. So it is a hint where to look; the query answers under a signature.
 */
function readRefund(
  { account }: ChannelContext,
  fields: V2Fields,
  keys: readonly string[],
): NoticeReading {
  const foreign = foreignV2(account, fields);
  if (foreign) return refused(foreign);
  const clear = openWithAny(fields.req_info ?? '', keys);
  const inner = clear && readV2(clear, 'root');
  if (!inner) return refused('not-decryptable');
  const { out_trade_no: orderNo, out_refund_no: refundNo, refund_status: status } = inner;
  const authentic = {
    ...known(inner, ['out_refund_no', 'refund_id', 'refund_status', 'success_time']),
    eventType: `V2.REFUND.${status ?? ''}`,
  };
  if (!orderNo) return authentic;
  return { ...authentic, lookAt: { orderNo, ...(refundNo !== undefined && { refundNo }) } };
}

function openWithAny(reqInfo: string, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const clear = openReqInfo(reqInfo, key);
    if (clear !== undefined) return clear;
  }
  return undefined;
}

/** Version 2 gives its notices no number: what they are about is the same on every repeat. */
function known(fields: V2Fields, names: readonly string[]) {
  const text = JSON.stringify(names.map((name) => fields[name] ?? ''));
  const notificationId = `V2-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  return { state: 'authentic', notificationId } as const;
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
