import type { ProviderContext, RawReceipt, ReadReceipts } from '../provider.ts';
import { beijingTime, isRefusal } from '../receipt-words.ts';
import { isObject, textOf } from '../transport.ts';

/** Most receipts of one push; a longer one is none of theirs. */
const most = 1000;

/**
 * An array of receipts, or of answers that people sent (`content`). The push is not signed: whoever
 * knows the secret path is believed, and only about messages that we know.
 */
export function readReceipts(_context: ProviderContext, { body }: RawReceipt): ReadReceipts {
  const parsed: unknown = JSON.parse(body);
  const items = Array.isArray(parsed) ? parsed.filter(isObject) : [];
  if (items.length === 0 || items.length > most) throw new Error('no receipts');
  return {
    receipts: items
      .filter((item) => typeof item['success'] === 'boolean')
      .map((item) => ({
        providerNo: textOf(item['biz_id']),
        requestKey: textOf(item['out_id']),
        isDelivered: item['success'] === true,
        code: textOf(item['err_code']),
        at: beijingTime(textOf(item['report_time'])),
      })),
    refusals: items
      .filter((item) => item['success'] === undefined && isRefusal(textOf(item['content'])))
      .map((item) => ({ phone: textOf(item['phone_number']) })),
    answer: JSON.stringify({ code: 0, msg: '成功' }),
    answerType: 'application/json',
  };
}
