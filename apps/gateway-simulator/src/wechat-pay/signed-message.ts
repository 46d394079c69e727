import { randomBytes } from 'node:crypto';
import type { AnswerFault, NotifyFault } from '../faults.ts';
import { answerText, randomText, signText } from './crypto.ts';
import type { SigningKey } from './platform-keys.ts';

const STALE_SECONDS = 600;

/** The `Wechatpay-*` headers of an answer or a notification, spoilt as the fault says. */
export function signedHeaders(input: {
  nowMs: number;
  key: SigningKey;
  body: string;
  fault?: AnswerFault | NotifyFault | undefined;
}): Record<string, string> {
  const { nowMs, key, body, fault } = input;
  if (fault === 'unsigned') return {};
  const seconds = Math.floor(nowMs / 1000) - (fault === 'old-timestamp' ? STALE_SECONDS : 0);
  const timestamp = String(seconds);
  const nonce = randomText(32);
  const signedBody = fault === 'body-changed' ? `${body} ` : body;
  const signature = signText(answerText(timestamp, nonce, signedBody), key.privateKeyPem);
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial':
      fault === 'unknown-serial' ? randomText(40, '0123456789ABCDEF') : key.serial,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    'wechatpay-signature': spoilt(signature, fault),
  };
}

function spoilt(signature: string, fault: string | undefined): string {
  if (fault === 'bad-signature') return flipByte(signature, 0);
  if (fault !== 'signature-probe') return signature;
  return `WECHATPAY/SIGNTEST/${randomBytes(256).toString('base64')}`;
}

/** Base64 with one bit of one byte turned; a negative index counts from the end. */
export function flipByte(base64: string, index: number): string {
  const bytes = Buffer.from(base64, 'base64');
  const at = index < 0 ? bytes.length + index : index;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}
