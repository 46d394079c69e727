import type { ChannelContext, Notice, NoticeReading, RefusalReason } from '../channel.ts';
import { openWithAny } from './aead.ts';
import { secretsOf } from './credentials.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { isV2Notice, readV2Notice } from './notify-v2.ts';
import { foreignMerchant } from './party.ts';
import { refundOf } from './refund.ts';
import { readTransaction, tradeOf } from './transaction.ts';
import { verifySigned } from './verify.ts';

/**
 * Verify over the raw bytes, decrypt, compare the merchant; nothing is believed before. Mandates,
 * debits and refunds of merchants with older settings come in the older protocol.
 */
export async function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  if (isV2Notice(notice)) return readV2Notice(context, notice.rawBody);
  const verdict = await verifySigned(
    { headers: notice.headers, body: notice.rawBody },
    { now: context.clock.now(), findKey: context.findKey },
  );
  if (!verdict.authentic) return refused(verdict.reason);
  const event = readEvent(notice.rawBody.toString('utf8'));
  if (!event) return refused('not-readable');
  if (event.algorithm !== 'AEAD_AES_256_GCM') return refused('wrong-algorithm');
  const clear = openWithAny(secretsOf(context, 'apiV3Key'), event.sealed);
  if (clear === undefined) return refused('not-decryptable');
  return readResource(context, event, clear);
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly algorithm: string;
  readonly sealed: { nonce: string; associated_data: string | undefined; ciphertext: string };
}

function readEvent(body: string): Event | undefined {
  const wire = asRecord(parseJson(body));
  const resource = asRecord(wire?.resource);
  const id = textOf(wire?.id);
  const type = textOf(wire?.event_type);
  const nonce = textOf(resource?.nonce);
  const ciphertext = textOf(resource?.ciphertext);
  if (!id || !type || !nonce || !ciphertext) return undefined;
  return {
    id,
    type,
    algorithm: textOf(resource?.algorithm) ?? '',
    sealed: { nonce, ciphertext, associated_data: textOf(resource?.associated_data) },
  };
}

function readResource(context: ChannelContext, event: Event, clear: string): NoticeReading {
  const wire = asRecord(parseJson(clear));
  if (!wire) return refused('not-readable');
  const foreign = foreignMerchant(context.account, wire);
  if (foreign) return refused(foreign);
  if (event.type.startsWith('TRANSACTION.')) return readTrade(context, event, clear);
  if (event.type.startsWith('REFUND.')) return readRefund(context, event, { wire, raw: clear });
  return known(event);
}

function readTrade(context: ChannelContext, event: Event, clear: string): NoticeReading {
  const { account, clock } = context;
  const transaction = readTransaction(account, clear);
  if (transaction?.foreign) return refused(transaction.foreign);
  if (!transaction) return refused('not-readable');
  // Refunded since, closed, not yet paid: authentic, but the query tells it in full.
  if (event.type !== 'TRANSACTION.SUCCESS' || transaction.tradeState !== 'SUCCESS') {
    return { ...known(event), lookAt: { orderNo: transaction.orderNo } };
  }
  const trade = tradeOf(account, transaction, clock.now());
  return trade ? { ...known(event), trade } : refused('not-readable');
}

function readRefund(
  context: ChannelContext,
  event: Event,
  { wire, raw }: { wire: Readonly<Record<string, unknown>>; raw: string },
): NoticeReading {
  const orderNo = textOf(wire.out_trade_no);
  const refundNo = textOf(wire.out_refund_no);
  if (!orderNo) return refused('not-readable');
  if (event.type === 'REFUND.SUCCESS') {
    const refund = refundOf(context, { wire, status: wire.refund_status, raw });
    if (refund) return { ...known(event), refund };
  }
  return { ...known(event), lookAt: { orderNo, ...(refundNo && { refundNo }) } };
}

function known({ id, type }: Event) {
  return { state: 'authentic', notificationId: id, eventType: type } as const;
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
