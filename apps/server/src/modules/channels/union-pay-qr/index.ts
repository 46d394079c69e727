import type { Channel, ChannelContext, TestResult } from '../channel.ts';
import { call } from './client.ts';
import { closeTrade } from './close.ts';
import { isNotFound } from './codes.ts';
import { checkCredentials } from './credentials.ts';
import { description } from './description.ts';
import { noticeAnswers, readNotice } from './notify.ts';
import { login } from './payer-login.ts';
import { prepay } from './prepay.ts';
import { queryTrade } from './query.ts';
import { queryRefund, refundTrade } from './refund.ts';
import { fetchStatement } from './statement.ts';

/** The acquiring banks' QR access of UnionPay (条码前置), XML signed with MD5. */
export const unionPayQr: Channel = {
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
  // Both sides sign with the same secret.
  trustedKeys: () => [],
  test,
  checkCredentials,
};

/** No order is ever given this number: real ones begin with the company's short code. */
const noSuchOrder = 'TEST0000000000000000000000000000';

async function test(context: ChannelContext): Promise<TestResult> {
  const reply = await call(context, {
    verb: 'test',
    service: 'unified.trade.query',
    fields: { out_trade_no: noSuchOrder },
  });
  switch (reply.kind) {
    case 'unknown':
      return { ok: false, code: reply.isUnverified ? 'NOT_VERIFIED' : 'NO_CLEAR_ANSWER' };
    case 'refusal':
      return { ok: false, code: reply.code };
    case 'verified': {
      const code = reply.failure?.code ?? 'OK';
      // Signed with our key: whatever the answer says, the key is good when it is about the order.
      return isNotFound(code) || code === 'OK' ? { ok: true, code: 'OK' } : { ok: false, code };
    }
  }
}
