import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { fetchKeys } from './certificates.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { checkCredentials, trustedKeys } from './credentials.ts';
import { description } from './description.ts';
import { readNotice } from './notify.ts';
import { authorizeUrl, openIdOf, readReturn } from './payer-login.ts';
import { prepay } from './prepay.ts';
import { isNotFound, orderPath, queryTrade } from './query.ts';

/** WeChat Pay, API v3, direct merchants (直连商户). */
export const wechatPay: Channel = {
  description,
  prepay,
  queryTrade,
  closeTrade,
  refundTrade: async () => ({ state: 'unknown', reason: 'not written yet' }),
  queryRefund: async () => ({ state: 'unknown', reason: 'not written yet' }),
  readNotice,
  noticeAnswers: {
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
  },
  fetchStatement: async () => ({ state: 'unsupported' }),
  login: { authorizeUrl, readReturn, openIdOf },
  trustedKeys,
  fetchKeys,
  isDownloadable: (serial) => /^[0-9A-F]{8,64}$/i.test(serial),
  test,
  checkCredentials,
};

/** No order is ever given this number: real ones begin with the company's short code. */
const noSuchOrder = 'TEST0000000000000000000000000000';

async function test(context: ChannelContext): Promise<TestResult> {
  const { mchId } = context.account;
  const path = `${orderPath(noSuchOrder)}?mchid=${encodeURIComponent(mchId)}`;
  const reply = await call(context, { verb: 'test', method: 'GET', path });
  if (reply.kind === 'verified') return { ok: true, code: 'OK' };
  if (reply.kind === 'unknown') return { ok: false, code: 'NO_CLEAR_ANSWER' };
  return isNotFound(reply) ? { ok: true, code: 'OK' } : { ok: false, code: reply.code };
}
