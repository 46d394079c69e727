import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { call } from './client.ts';
import { checkCredentials, trustedKeys } from './credentials.ts';
import { description } from './description.ts';
import { noticeAnswers, readNotice } from './notify.ts';
import { prepay } from './prepay.ts';
import { closeTrade, queryTrade } from './query.ts';
import { queryRefund, refundTrade } from './refund.ts';
import { fetchStatement } from './statement.ts';

/** 数字人民币 through a bank's aggregate interface; the protocol is the simulator's invention. */
export const eCny: Channel = {
  description,
  prepay,
  queryTrade,
  closeTrade,
  refundTrade,
  queryRefund,
  readNotice,
  noticeAnswers,
  fetchStatement,
  trustedKeys,
  test,
  checkCredentials,
};

async function test(context: ChannelContext): Promise<TestResult> {
  // No order is ever given this number: real ones begin with the company's short code.
  const fields = { orderNo: 'TEST0000000000000000000000000000' };
  const reply = await call(context, { verb: 'test', service: 'orders/query', fields });
  if (reply.kind === 'unknown') return { ok: false, code: reply.code || 'NO_CLEAR_ANSWER' };
  return { ok: true, code: 'OK' }; // Signed: whatever it says, both know each other's keys.
}
