import type { KeyObject } from 'node:crypto';
import type { RefusalReason } from '../channel.ts';
import { isSignedBy } from './sign.ts';

/** Beyond this distance a signed message counts as replayed. */
const maxSkewMs = 5 * 60_000;
const algorithm = 'WECHATPAY2-SHA256-RSA2048';
/** WeChat now and then sends a false signature to see whether we check. */
const probePrefix = 'WECHATPAY/SIGNTEST/';

export type HeaderMap = Readonly<Record<string, string | string[] | undefined>>;

type Verdict =
  | { readonly authentic: true }
  | { readonly authentic: false; readonly reason: RefusalReason };

/** Believes a reply or notification only when its raw bytes are signed by a trusted key. */
export async function verifySigned(
  said: { readonly headers: HeaderMap; readonly body: Buffer },
  facts: {
    readonly now: Date;
    readonly findKey: (serial: string) => Promise<KeyObject | undefined>;
  },
): Promise<Verdict> {
  const timestamp = header(said.headers, 'wechatpay-timestamp');
  const nonce = header(said.headers, 'wechatpay-nonce');
  const serial = header(said.headers, 'wechatpay-serial');
  const signature = header(said.headers, 'wechatpay-signature');
  if (!timestamp || !nonce || !serial || !signature) return refused('header-missing');
  const type = header(said.headers, 'wechatpay-signature-type');
  if (type !== undefined && type !== algorithm) return refused('wrong-algorithm');
  if (signature.startsWith(probePrefix)) return refused('signature-probe');
  if (!isFresh(timestamp, facts.now)) return refused('stale-timestamp');
  const key = await facts.findKey(serial);
  if (!key) return refused('unknown-serial');
  const isGood = isSignedBy(key, { timestamp, nonce, body: said.body, signature });
  return isGood ? { authentic: true } : refused('bad-signature');
}

function isFresh(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(Number(timestamp) * 1000 - now.getTime()) <= maxSkewMs;
}

/** A header that came twice is nobody's: it counts as missing. Names are in lower case. */
export function header(headers: HeaderMap, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refused(reason: RefusalReason): Verdict {
  return { authentic: false, reason };
}
