import { beijingTime } from '../clock.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { randomText, seal } from './crypto.ts';
import type { Deps } from './deps.ts';
import { notificationKey } from './platform-keys.ts';
import type { Merchant, Notification, Order, Refund } from './records.ts';
import { receivedAccount } from './refund-object.ts';
import { flipByte, signedHeaders } from './signed-message.ts';
import { transactionOf } from './transaction.ts';

export type OutgoingNotification = { headers: Record<string, string>; body: string };

/** What an event of v3 tells, before it is sealed. */
export type Tidings = {
  eventType: string;
  summary: string;
  originalType: 'transaction' | 'refund';
  claim: Record<string, unknown>;
};

const HUGE_CHARACTERS = 2 * 1024 * 1024;
/** A merchant and an app that nobody registered. */
export const FOREIGN_MCHID = '1999999999';
export const FOREIGN_APPID = 'wx0000000000000000';

/** One notification of v3 as it goes over the wire, spoilt as the fault says. */
export function writeNotification(
  deps: Pick<Deps, 'clock' | 'records'>,
  subject: { merchant: Merchant; notification: Notification; tidings: Tidings },
  fault?: Taken<NotifyFault>,
): OutgoingNotification {
  const { merchant, notification, tidings } = subject;
  const altered = alteredClaim(tidings.claim, fault);
  const associatedData = tidings.originalType;
  // Another text under the same key and nonce would give the key stream away.
  const nonce = altered === undefined ? notification.nonce : randomText(12);
  const ciphertext = seal(JSON.stringify(altered ?? tidings.claim), {
    key: merchant.apiV3Key,
    nonce,
    associatedData,
  });
  const padding = fault?.fault === 'huge-body' ? ' '.repeat(HUGE_CHARACTERS) : '';
  const body = JSON.stringify({
    id: notification.id,
    create_time: beijingTime(notification.createdAt),
    resource_type: 'encrypt-resource',
    event_type: tidings.eventType,
    summary: `${tidings.summary}${padding}`,
    resource: {
      original_type: tidings.originalType,
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: alteredCiphertext(ciphertext, fault),
      associated_data: associatedData,
      nonce,
    },
  });
  const key = notificationKey(deps.records, deps.clock, merchant);
  const signed = signedHeaders({ nowMs: deps.clock.now(), key, body, fault: fault?.fault });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      accept: '*/*',
      'user-agent': 'Mozilla/4.0',
      'request-id': `${randomText(32, '0123456789ABCDEF')}-0`,
      ...signed,
    },
  };
}

export function paymentTidings(order: Order): Tidings {
  return {
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    // A refund may have come before a retry; the event still tells of the payment.
    claim: transactionOf({ ...order, state: 'SUCCESS' }),
  };
}

const REFUND_EVENTS = {
  SUCCESS: ['REFUND.SUCCESS', '退款成功'],
  ABNORMAL: ['REFUND.ABNORMAL', '退款异常'],
  CLOSED: ['REFUND.CLOSED', '退款关闭'],
  PROCESSING: ['REFUND.SUCCESS', '退款成功'],
} as const;

export function refundTidings(order: Order, refund: Refund): Tidings {
  const [eventType, summary] = REFUND_EVENTS[refund.state];
  const { refundFen, totalFen } = refund;
  const claim = {
    ...(refund.spMchid === undefined
      ? { mchid: refund.mchid }
      : { sp_mchid: refund.spMchid, sub_mchid: refund.mchid }),
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.state,
    ...(refund.succeededAt === null ? {} : { success_time: beijingTime(refund.succeededAt) }),
    user_received_account: receivedAccount(order, refund),
    amount: {
      total: totalFen,
      refund: refundFen,
      payer_total: totalFen,
      payer_refund: refundFen,
    },
  };
  return { eventType, summary, originalType: 'refund', claim };
}

/** The claim with one fact of it wrong; undefined when the fault leaves it alone. */
function alteredClaim(
  claim: Record<string, unknown>,
  fault: Taken<NotifyFault> | undefined,
): Record<string, unknown> | undefined {
  const isPartner = claim.sp_mchid !== undefined;
  switch (fault?.fault) {
    case 'wrong-amount':
      return { ...claim, amount: wrongAmount(claim.amount as Amount, fault.totalFen) };
    case 'wrong-merchant':
      return { ...claim, [isPartner ? 'sub_mchid' : 'mchid']: FOREIGN_MCHID };
    case 'wrong-appid':
      return { ...claim, [isPartner ? 'sp_appid' : 'appid']: FOREIGN_APPID };
    default:
      return undefined;
  }
}

type Amount = { total: number; refund?: number };

/** A payment names another total, a refund another refund. */
function wrongAmount(amount: Amount, totalFen: number | undefined) {
  if (amount.refund === undefined) {
    const total = totalFen ?? amount.total + 1;
    return { ...amount, total, payer_total: total };
  }
  const refund = totalFen ?? amount.refund + 1;
  return { ...amount, refund, payer_refund: refund };
}

function alteredCiphertext(ciphertext: string, fault: Taken<NotifyFault> | undefined): string {
  if (fault?.fault === 'tampered-ciphertext') return flipByte(ciphertext, 40);
  if (fault?.fault === 'bad-tag') return flipByte(ciphertext, -1);
  return ciphertext;
}
