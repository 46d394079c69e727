import type { ChannelContext, Notice, NoticeReading, RefusalReason } from '../channel.ts';
import { openSealed } from './aead.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { readTransaction, tradeOf } from './transaction.ts';
import { verifySigned } from './verify.ts';

/** Verify over the raw bytes, decrypt, compare the merchant. Nothing is believed before. */
export async function readNotice(context: ChannelContext, notice: Notice): Promise<NoticeReading> {
  const verdict = await verifySigned(
    { headers: notice.headers, body: notice.rawBody },
    { now: context.clock.now(), findKey: context.findKey },
  );
  if (!verdict.authentic) return refused(verdict.reason);
  const event = readEvent(notice.rawBody.toString('utf8'));
  if (!event) return refused('not-readable');
  if (event.algorithm !== 'AEAD_AES_256_GCM') return refused('wrong-algorithm');
  const clear = openSealed(context.credentials.apiV3Key ?? '', event.sealed);
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
  const { account } = context;
  const wire = asRecord(parseJson(clear));
  if (!wire) return refused('not-readable');
  if (textOf(wire.mchid) !== account.mchId) return refused('foreign-merchant');
  const known = { state: 'authentic', notificationId: event.id, eventType: event.type } as const;
  if (event.type !== 'TRANSACTION.SUCCESS') return { ...known, trade: undefined };
  if (textOf(wire.appid) !== account.appId) return refused('foreign-app');
  const transaction = readTransaction(clear);
  if (!transaction) return refused('not-readable');
  if (transaction.tradeState !== 'SUCCESS') return { ...known, trade: undefined };
  const trade = tradeOf(account, transaction, context.clock.now());
  return trade ? { ...known, trade } : refused('not-readable');
}

function refused(reason: RefusalReason): NoticeReading {
  return { state: 'refused', reason };
}
