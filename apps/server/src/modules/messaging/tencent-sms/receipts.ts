import type { ProviderContext, RawReceipt, ReadReceipts } from '../provider.ts';
import { beijingTime, isRefusal } from '../receipt-words.ts';
import { isObject, textOf } from '../transport.ts';

const most = 1000;

/** Receipts as an array; an answer of a person as one object. Neither is signed. */
export function readReceipts(_context: ProviderContext, { body }: RawReceipt): ReadReceipts {
  const parsed: unknown = JSON.parse(body);
  const items = (Array.isArray(parsed) ? parsed : [parsed]).filter(isObject);
  if (items.length === 0 || items.length > most) throw new Error('no receipts');
  return {
    receipts: items
      .filter((item) => textOf(item['report_status']) !== '')
      .map((item) => ({
        providerNo: textOf(item['sid']),
        requestKey: '',
        isDelivered: textOf(item['report_status']) === 'SUCCESS',
        code: textOf(item['errmsg']),
        at: beijingTime(textOf(item['user_receive_time'])),
      })),
    refusals: items
      .filter((item) => item['report_status'] === undefined && isRefusal(textOf(item['text'])))
      .map((item) => ({ phone: textOf(item['mobile']) })),
    answer: JSON.stringify({ result: 0, errmsg: 'OK' }),
    answerType: 'application/json',
  };
}
