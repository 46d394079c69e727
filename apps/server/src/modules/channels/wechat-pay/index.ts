import type { Channel, ChannelContext, NoticeAnswers, TestResult } from '../channel.ts';
import { fetchKeys } from './certificates.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { checkCredentials, expiriesOf, tidyCredentials, trustedKeys } from './credentials.ts';
import { description } from './description.ts';
import { mandates } from './mandate.ts';
import { readNotice } from './notify.ts';
import { isV2Notice, v2Answers } from './notify-v2.ts';
import { isNotFound, orderPath } from './order.ts';
import { merchantIds, queryOf } from './party.ts';
import { authorizeUrl, openIdOf, openIdOfMiniProgram, readReturn } from './payer-login.ts';
import { prepay } from './prepay.ts';
import { queryTrade } from './query.ts';
import { queryRefund, refundTrade } from './refund.ts';
import { fetchStatement } from './statement.ts';
import { callV2 } from './v2-client.ts';

const noticeAnswers: NoticeAnswers = {
  accepted: {
    status: 200,
    contentType: 'application/json',
    body: '{"code":"SUCCESS","message":"成功"}',
  },
  refused: {
    status: 401,
    contentType: 'application/json',
    body: '{"code":"FAIL","message":"通知无效，已拒绝"}',
  },
  failed: {
    status: 500,
    contentType: 'application/json',
    body: '{"code":"FAIL","message":"系统繁忙，请稍后重发"}',
  },
};

/** WeChat Pay, API v3 and what only v2 has, for merchants of their own and of partners (服务商). */
export const wechatPay: Channel = {
  description,
  prepay,
  queryTrade,
  closeTrade,
  refundTrade,
  queryRefund,
  readNotice,
  noticeAnswers,
  answersTo: (notice) => (isV2Notice(notice) ? v2Answers : noticeAnswers),
  fetchStatement,
  login: { authorizeUrl, readReturn, openIdOf, openIdOfMiniProgram },
  mandates,
  trustedKeys,
  fetchKeys,
  isDownloadable: (serial) => /^[0-9A-F]{8,64}$/i.test(serial),
  test,
  tidyCredentials,
  checkCredentials,
  expiriesOf,
};

/** No order is ever given this number: real ones begin with the company's short code. */
const noSuchOrder = 'TEST0000000000000000000000000000';

async function test(context: ChannelContext): Promise<TestResult> {
  const { account, credentials } = context;
  const path = orderPath(account, noSuchOrder) + queryOf(merchantIds(account));
  const reply = await call(context, { verb: 'test', method: 'GET', path });
  if (reply.kind === 'unknown') return { ok: false, code: 'NO_CLEAR_ANSWER' };
  if (reply.kind === 'refusal' && !isNotFound(reply)) return { ok: false, code: reply.code };
  return credentials.apiV2Key ? await testV2(context) : { ok: true, code: 'OK' };
}

/** The key of the older protocol may be wrong while all else is right. */
async function testV2(context: ChannelContext): Promise<TestResult> {
  const fields = { out_trade_no: noSuchOrder };
  const reply = await callV2(context, { verb: 'test', path: '/pay/orderquery', fields });
  if (reply.kind === 'verified') return { ok: true, code: 'OK' };
  return { ok: false, code: reply.kind === 'refusal' ? 'API_V2_KEY' : 'NO_CLEAR_ANSWER' };
}
