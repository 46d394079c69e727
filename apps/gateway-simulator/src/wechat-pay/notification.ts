import { beijingTime } from '../clock.ts';
import type { NotifyFault, Taken } from '../faults.ts';
import { randomText, seal } from './crypto.ts';
import type { Deps } from './deps.ts';
import { notificationKey } from './platform-keys.ts';
import type { Merchant, Notification, Order } from './records.ts';
import { flipByte, signedHeaders } from './signed-message.ts';
import { transactionOf } from './transaction.ts';

export type OutgoingNotification = { headers: Record<string, string>; body: string };

const ASSOCIATED_DATA = 'transaction';
const HUGE_CHARACTERS = 2 * 1024 * 1024;
/** A merchant and an app that nobody registered. */
const FOREIGN_MCHID = '1999999999';
const FOREIGN_APPID = 'wx0000000000000000';

/** One notification as it goes over the wire, spoilt as the fault says. */
export function writeNotification(
  deps: Pick<Deps, 'clock' | 'records'>,
  subject: { merchant: Merchant; order: Order; notification: Notification },
  fault?: Taken<NotifyFault>,
): OutgoingNotification {
  const { merchant, order, notification } = subject;
  const claim = alteredTransaction(order, fault);
  // Another text under the same key and nonce would give the key stream away.
  const nonce = claim.isAltered ? randomText(12) : notification.nonce;
  const ciphertext = seal(JSON.stringify(claim.transaction), {
    key: merchant.apiV3Key,
    nonce,
    associatedData: ASSOCIATED_DATA,
  });
  const padding = fault?.fault === 'huge-body' ? ' '.repeat(HUGE_CHARACTERS) : '';
  const body = JSON.stringify({
    id: notification.id,
    create_time: beijingTime(notification.createdAt),
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: `支付成功${padding}`,
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: alteredCiphertext(ciphertext, fault),
      associated_data: ASSOCIATED_DATA,
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

function alteredTransaction(order: Order, fault: Taken<NotifyFault> | undefined) {
  const transaction = transactionOf(order);
  switch (fault?.fault) {
    case 'wrong-amount': {
      const totalFen = fault.totalFen ?? (order.payment?.totalFen ?? order.totalFen) + 1;
      const amount = { ...(transaction.amount as object), total: totalFen, payer_total: totalFen };
      return { isAltered: true, transaction: { ...transaction, amount } };
    }
    case 'wrong-merchant':
      return { isAltered: true, transaction: { ...transaction, mchid: FOREIGN_MCHID } };
    case 'wrong-appid':
      return { isAltered: true, transaction: { ...transaction, appid: FOREIGN_APPID } };
    default:
      return { isAltered: false, transaction };
  }
}

function alteredCiphertext(ciphertext: string, fault: Taken<NotifyFault> | undefined): string {
  if (fault?.fault === 'tampered-ciphertext') return flipByte(ciphertext, 40);
  if (fault?.fault === 'bad-tag') return flipByte(ciphertext, -1);
  return ciphertext;
}
