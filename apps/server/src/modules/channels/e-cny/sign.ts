import { createHash, sign, verify } from 'node:crypto';
import type { ChannelContext, RefusalReason } from '../channel.ts';

/** What a signature covers: the kind of message, so that none can pose as one of another kind. */
interface Signed {
  readonly kind: 'REQUEST' | 'ANSWER' | 'NOTICE';
  readonly path: string;
  readonly body: Buffer;
}

/** Headers of every message; `time` is in seconds since 1970. */
const names = ['merchant', 'key', 'time', 'nonce'].map((name) => `x-dc-${name}`);
/** Both clocks may differ by this much; older messages are somebody's replay. */
const skewSeconds = 300;

export function signedHeaders(context: ChannelContext, message: Signed, nonce: string) {
  const { account, credentials, clock, signingKey } = context;
  const time = String(Math.floor(clock.now().getTime() / 1000));
  const heads = [account.mchId, credentials.keyId ?? '', time, nonce];
  const signature = sign('RSA-SHA256', textOf(message, heads), signingKey).toString('base64');
  const named = names.map((name, at) => [name, heads[at] ?? ''] as const);
  return Object.fromEntries([...named, ['x-dc-sign', signature] as const]);
}

/** Why a message of the bank is not to be believed. An answer bears the nonce of its request. */
export function doubtIn(
  context: ChannelContext,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  message: Signed,
  nonce?: string,
): RefusalReason | undefined {
  const heads = names.map((name) => String(headers[name] ?? ''));
  const [merchant, key = '', time, said] = heads;
  if (heads.includes('') || (nonce ?? said) !== said) return 'header-missing';
  const bankKey = context.knownKey(key);
  if (!bankKey) return 'unknown-serial';
  const signature = Buffer.from(String(headers['x-dc-sign'] ?? ''), 'base64');
  if (!verify('RSA-SHA256', textOf(message, heads), bankKey, signature)) return 'bad-signature';
  if (merchant !== context.account.mchId) return 'foreign-merchant';
  const skew = Math.abs(Number(time) - context.clock.now().getTime() / 1000);
  return skew <= skewSeconds ? undefined : 'stale-timestamp';
}

function textOf({ kind, path, body }: Signed, heads: readonly string[]): Buffer {
  const hash = createHash('sha256').update(body).digest('hex');
  return Buffer.from(`${[kind, path, ...heads, hash].join('\n')}\n`);
}
