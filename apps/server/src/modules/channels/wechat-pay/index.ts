import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { fetchKeys } from './certificates.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { checkCredentials } from './credentials.ts';
import { readNotice } from './notify.ts';
import { authorizeUrl, openIdOf } from './payer-login.ts';
import { prepay } from './prepay.ts';
import { isNotFound, orderPath, queryTrade } from './query.ts';

/** WeChat Pay, API v3, direct merchants (直连商户). */
export const wechatPay: Channel = {
  prepay,
  queryTrade,
  closeTrade,
  readNotice,
  authorizeUrl,
  openIdOf,
  fetchKeys,
  isDownloadable: (serial) => /^[0-9A-F]{8,64}$/i.test(serial),
  test,
  checkCredentials,
  hosts: {
    baseUrl: 'https://api.mch.weixin.qq.com',
    loginUrl: 'https://api.weixin.qq.com',
    authorizeUrl: 'https://open.weixin.qq.com/connect/oauth2/authorize',
  },
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
