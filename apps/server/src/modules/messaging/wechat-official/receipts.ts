import { createHash, timingSafeEqual } from 'node:crypto';
import type { ProviderContext, RawReceipt, ReadReceipts } from '../provider.ts';

/** An event is below 1 KB. */
const mostBytes = 4096;

/**
 * The event TEMPLATESENDJOBFINISH, signed over token, timestamp and nonce. A GET proves the address
 * when it is entered: it gives `echostr` back.
 */
export function readReceipts({ values }: ProviderContext, raw: RawReceipt): ReadReceipts {
  const { signature = '', timestamp = '', nonce = '', echostr = '' } = raw.query;
  const text = [values['eventToken'] ?? '', timestamp, nonce].sort().join('');
  const expected = createHash('sha1').update(text).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error('the signature of the event does not hold');
  }
  const nothing = { receipts: [], refusals: [], answerType: 'text/plain' } as const;
  if (raw.method === 'GET') return { ...nothing, answer: echostr };
  if (raw.body.length > mostBytes) throw new Error('the event is too long');
  if (tag(raw.body, 'Event') !== 'TEMPLATESENDJOBFINISH') return { ...nothing, answer: 'success' };
  const status = tag(raw.body, 'Status');
  const receipt = {
    providerNo: tag(raw.body, 'MsgID'),
    requestKey: '',
    isDelivered: status === 'success',
    code: status,
    at: new Date(Number(tag(raw.body, 'CreateTime')) * 1000),
  };
  return { ...nothing, receipts: [receipt], answer: 'success' };
}

/** The event's values stand one level deep, as text or CDATA. */
function tag(xml: string, name: string): string {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)(?:\\]\\]>)?</${name}>`).exec(xml);
  return found?.[1]?.trim() ?? '';
}
