import { createHash } from 'node:crypto';
import { derivedId, shortCodeOf } from '../../platform/id.ts';
import type { Evidence, Proof } from './domain/proof.ts';

/** What makes a trade the same trade, whoever tells of it. */
export function tradeKey({
  channel,
  merchantAccountId,
  tradeNo,
}: Pick<Evidence, 'channel' | 'merchantAccountId' | 'tradeNo'>): string {
  return `${channel}:${merchantAccountId ?? 'desk'}:${tradeNo}`;
}

/** The same words of the same source are the same proof, however often they are sent. */
export function proofOf(companyId: string, evidence: Evidence, day: string): Proof {
  const words = createHash('sha256').update(evidence.body).digest('hex');
  const key = tradeKey(evidence);
  return {
    ...evidence,
    day,
    id: derivedId(companyId, 'proof', evidence.source, key, words),
    keyId: keyIdOf(companyId, key),
  };
}

export function keyIdOf(companyId: string, key: string): string {
  return derivedId(companyId, 'trade', key);
}

/** The key under which the channel's own books replace what a notification said. */
export function correctedKeyOf(key: string): string {
  return `${key}:corrected`;
}

/** The recording day of a proof: its partition. */
export function utcDayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * What makes a refund the same refund, whoever tells of it. Numbers of ours are unique by
 * themselves; another system's are unique for one order at some channels.
 */
export function refundKey(refund: {
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly refundNo: string;
  /** Of what a person pays out: the bank account, or the desk. */
  readonly place?: string;
}): string {
  const { channel, merchantAccountId, orderNo, refundNo } = refund;
  const place = `${channel}:${merchantAccountId ?? refund.place ?? 'desk'}`;
  const isOurs = merchantAccountId === null || shortCodeOf(refundNo) !== undefined;
  return isOurs ? `${place}:${refundNo}` : `${place}:${orderNo}:${refundNo}`;
}

export function refundKeyIdOf(companyId: string, key: string): string {
  return derivedId(companyId, 'refund', key);
}

/** The key of the second fact about a refund: the money came back. */
export function returnedKeyOf(key: string): string {
  return `${key}:returned`;
}
