import { createHash, generateKeyPair, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { AnswerFault, NotifyFault } from '../faults.ts';
import type { BankKey, Records } from './records.ts';

/** The kind stands in the signed text, so that no message can pose as one of another kind. */
export type Kind = 'REQUEST' | 'ANSWER' | 'NOTICE';

/** All that a signature covers. */
export type Envelope = {
  kind: Kind;
  path: string;
  merchant: string;
  key: string;
  /** Seconds since 1970. */
  time: string;
  /** Of an answer: the nonce of the request, so that an old answer fits no new request. */
  nonce: string;
  body: string;
};

const STALE_SECONDS = 600;

export function signedText(envelope: Envelope): string {
  const { kind, path, merchant, key, time, nonce, body } = envelope;
  const hash = createHash('sha256').update(body).digest('hex');
  return `${[kind, path, merchant, key, time, nonce, hash].join('\n')}\n`;
}

export function isSigned(envelope: Envelope, publicKeyPem: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return verify('RSA-SHA256', Buffer.from(signedText(envelope)), publicKeyPem, bytes);
}

/** Headers and body of a message of the bank's, spoilt as the fault says. */
export function sealed(
  bankKey: BankKey,
  message: Omit<Envelope, 'key' | 'time'> & { atMs: number },
  fault: AnswerFault | NotifyFault | undefined,
): { headers: Record<string, string>; body: string } {
  const { atMs, ...rest } = message;
  const stale = fault === 'old-timestamp' ? STALE_SECONDS : 0;
  const time = String(Math.floor(atMs / 1000) - stale);
  const key = fault === 'unknown-serial' ? 'bank-key-of-nobody' : bankKey.id;
  const envelope = { ...rest, key, time };
  const right = sign('RSA-SHA256', Buffer.from(signedText(envelope)), bankKey.privateKeyPem);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-dc-merchant': envelope.merchant,
    'x-dc-key': key,
    'x-dc-time': time,
    'x-dc-nonce': envelope.nonce,
    ...(fault !== 'unsigned' && { 'x-dc-sign': spoiltSign(right, fault).toString('base64') }),
  };
  return { headers, body: isChanged(fault) ? changed(rest.body) : rest.body };
}

/** The key that signs now; the first one is made when it is needed. */
export async function bankKeyOf(records: Records): Promise<BankKey> {
  return records.bankKeys.get('current') ?? (await renewBankKey(records));
}

/** The announced key signs from now on; without one a new key is made first. */
export async function renewBankKey(records: Records): Promise<BankKey> {
  const key = records.bankKeys.get('announced') ?? (await announceBankKey(records));
  records.bankKeys.remove('announced');
  return records.bankKeys.set('current', key);
}

/** The next key, which merchants are told of before it signs anything. */
export async function announceBankKey(records: Records): Promise<BankKey> {
  const count = Number(records.bankKeys.get('current')?.id.replace(/\D/g, '') ?? 0) + 1;
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { privateKey: privateKeyPem, publicKey: publicKeyPem } = pair;
  return records.bankKeys.set('announced', { id: `bank-${count}`, privateKeyPem, publicKeyPem });
}

function spoiltSign(right: Buffer, fault: AnswerFault | NotifyFault | undefined): Buffer {
  if (fault !== 'bad-signature' && fault !== 'signature-probe') return right;
  const wrong = Buffer.from(right);
  wrong[0] = (wrong[0] ?? 0) ^ 1;
  return wrong;
}

/** Nothing is encrypted here: what other channels do to a ciphertext is done to the body. */
function isChanged(fault: AnswerFault | NotifyFault | undefined): boolean {
  return fault === 'body-changed' || fault === 'tampered-ciphertext' || fault === 'bad-tag';
}

/** A fen more where there is a sum, else one word more. */
function changed(body: string): string {
  const other = body.replace(/"amount":(\d+)/, (_, fen) => `"amount":${Number(fen) + 1}`);
  return other === body ? body.replace(/\}$/, ',"changed":true}') : other;
}
