import { timingSafeEqual } from 'node:crypto';
import { instantOfBeijing } from '../beijing-time.ts';
import type { MerchantAccount } from '../channel.ts';
import { readFlatXml } from '../flat-xml.ts';
import { foreignV2 } from './party.ts';
import { type Transaction, wholeFen } from './transaction.ts';
import { signV2 } from './v2.ts';

/** Names to texts; what is empty is left out. */
export type V2Fields = Readonly<Record<string, string>>;

/** A message of v2. @returns undefined for what is none */
export function readV2(body: Buffer | string, root = 'xml'): V2Fields | undefined {
  const fields = readFlatXml(body.toString(), root);
  return fields && Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
}

/**
 * Whether the signature of a message of v2 holds under one of the keys. The longer of the two
 * digests is HMAC-SHA256, the shorter MD5; which one it is, the sender says by its length.
 */
export function isSignedV2(fields: V2Fields, keys: readonly string[]): boolean {
  const given = Buffer.from(fields.sign ?? '');
  const type = given.length === 64 ? 'HMAC-SHA256' : 'MD5';
  return keys.some((key) => {
    const own = Buffer.from(signV2(fields, key, type));
    return own.length === given.length && timingSafeEqual(own, given);
  });
}

/** A payment as v2 tells it, in the words of v3. Whether it is collected, the caller knows. */
export function transactionOfV2(
  account: MerchantAccount,
  fields: V2Fields,
  facts: { readonly orderNo: string; readonly tradeState: string; readonly raw: string },
): Transaction {
  const total = fields.total_fee ?? '';
  return {
    ...facts,
    foreign: foreignV2(account, fields),
    tradeNo: fields.transaction_id,
    amountFen: /^\d{1,15}$/.test(total) ? wholeFen(Number(total)) : undefined,
    currency: fields.fee_type ?? 'CNY',
    payerOpenId: payerOfV2(account, fields),
    paidAt: instantOfBeijing(fields.time_end ?? ''),
  };
}

/** The payer's id at the app in which payers log in. */
export function payerOfV2(account: MerchantAccount, fields: V2Fields): string | undefined {
  const isSubApp = account.subMchId !== null && account.subAppId !== null;
  return isSubApp ? fields.sub_openid : fields.openid;
}
