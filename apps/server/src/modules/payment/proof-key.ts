import { createHash } from 'node:crypto';
import { derivedId } from '../../platform/id.ts';
import type { Evidence, Proof } from './domain/proof.ts';

/** What makes a trade the same trade, whoever tells of it. */
export function tradeKey({ channel, merchantAccountId, tradeNo }: Evidence): string {
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
