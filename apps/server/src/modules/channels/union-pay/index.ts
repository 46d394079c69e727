import { beijingDigits } from '../beijing-time.ts';
import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { classOf, noSuchTransaction } from './codes.ts';
import { checkCredentials, expiriesOf, tidyCredentials } from './credentials.ts';
import { description } from './description.ts';
import { noticeAnswers, readNotice } from './notify.ts';
import { prepay } from './prepay.ts';
import { queryTrade } from './query.ts';
import { queryRefund, refundTrade } from './refund.ts';
import { fetchStatement } from './statement.ts';

/** The gateway of China UnionPay (全渠道), protocol 5.1.0, direct merchants. */
export const unionPay: Channel = {
  description,
  prepay,
  queryTrade,
  closeTrade,
  refundTrade,
  queryRefund,
  readNotice,
  noticeAnswers,
  fetchStatement,
  // UnionPay's certificates come with every message and are checked against the pasted issuers.
  trustedKeys: () => [],
  test,
  tidyCredentials,
  checkCredentials,
  expiriesOf,
};

/** No order is ever given this number: real ones begin with the company's short code. */
const noSuchOrder = 'TEST0000000000000000000000000000';

async function test(context: ChannelContext): Promise<TestResult> {
  const reply = await call(context, 'queryTrans', {
    verb: 'test',
    fields: {
      txnType: '00',
      txnSubType: '00',
      bizType: '000000',
      orderId: noSuchOrder,
      txnTime: beijingDigits(context.clock.now()),
    },
  });
  switch (reply.kind) {
    case 'unknown':
      return { ok: false, code: reply.isUnverified ? 'NOT_VERIFIED' : 'NO_CLEAR_ANSWER' };
    case 'refusal':
      return { ok: false, code: reply.code };
    case 'verified': {
      const isGood = reply.code === noSuchTransaction || classOf(reply.code) === 'ok';
      return { ok: isGood, code: isGood ? 'OK' : reply.code };
    }
  }
}
