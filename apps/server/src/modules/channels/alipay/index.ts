import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { checkCredentials, expiriesOf, tidyCredentials } from './credentials.ts';
import { description } from './description.ts';
import { mandates } from './mandate.ts';
import { noticeAnswers, readNotice } from './notify.ts';
import { login } from './payer-login.ts';
import { fetchKeys, isDownloadable, trustedKeys } from './platform-keys.ts';
import { prepay } from './prepay.ts';
import { isNotFound, queryTrade } from './query.ts';
import { queryRefund, refundTrade } from './refund.ts';
import { fetchStatement } from './statement.ts';

/** Alipay, version 2 of its gateway, with keys or certificates. */
export const alipay: Channel = {
  description,
  prepay,
  queryTrade,
  closeTrade,
  refundTrade,
  queryRefund,
  readNotice,
  noticeAnswers,
  fetchStatement,
  login,
  mandates,
  trustedKeys,
  fetchKeys,
  isDownloadable,
  test,
  tidyCredentials,
  checkCredentials,
  expiriesOf,
};

/** No order is ever given this number: real ones begin with the company's short code. */
const noSuchOrder = 'TEST0000000000000000000000000000';

async function test(context: ChannelContext): Promise<TestResult> {
  const reply = await call(context, {
    verb: 'test',
    method: 'alipay.trade.query',
    content: { out_trade_no: noSuchOrder },
  });
  if (reply.kind === 'done') return { ok: true, code: 'OK' };
  if (reply.kind === 'unknown') return { ok: false, code: 'NO_CLEAR_ANSWER' };
  // Signed: their signature was checked with the key that was pasted as Alipay's.
  if (isNotFound(reply) && reply.isSigned) return { ok: true, code: 'OK' };
  return { ok: false, code: reply.subCode };
}
