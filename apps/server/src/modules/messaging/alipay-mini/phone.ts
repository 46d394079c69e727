import { createDecipheriv } from 'node:crypto';
import type { WalletPhone, WalletProof } from '../provider.ts';
import { readObject, textOf } from '../transport.ts';
import { alipayKey, type Values } from './client.ts';
import { isSignedBy } from './sign.ts';

/** A sealed number is below 1 KB. */
const longest = 4096;
const zeroIv = Buffer.alloc(16);

/** Opens what my.getPhoneNumber gave: signed by Alipay, then sealed with the app's key. */
export function phoneOf(values: Values, { encrypted }: WalletProof): WalletPhone {
  const given = readObject((encrypted ?? '').slice(0, longest));
  const response = textOf(given?.['response']);
  const signature = textOf(given?.['sign']);
  if (response === '' || signature === '') return { failed: 'unreadable' };
  if (!isSignedBy(alipayKey(values), `"${response}"`, signature))
    return { failed: 'bad-signature' };
  const body = readObject(open(response, values['aesKey'] ?? ''));
  const phone = textOf(body?.['mobile']);
  if (textOf(body?.['code']) !== '10000' || !/^\d{6,15}$/.test(phone)) {
    return { failed: textOf(body?.['subCode']) || textOf(body?.['code']) || 'unreadable' };
  }
  return { phone };
}

/** AES-128-CBC with an IV of zeros; empty under another key. */
function open(sealed: string, key: string): string {
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), zeroIv);
    const opened = [decipher.update(Buffer.from(sealed, 'base64')), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return '';
  }
}
