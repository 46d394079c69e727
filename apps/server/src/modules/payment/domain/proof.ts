import { createHash } from 'node:crypto';
import type { Fen } from '@wuye-pay/money';
import { derivedId } from '../../../platform/id.ts';

export type ProofSource = 'notification' | 'query' | 'desk' | 'statement';
export type Channel = 'wechat-pay' | 'cash';

/** What a channel, a query or the desk said of collected money. */
export interface Evidence {
  readonly source: ProofSource;
  readonly channel: Channel;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  /** The channel's own number of the trade. */
  readonly tradeNo: string;
  readonly amountFen: Fen;
  readonly currency: string;
  readonly paidAt: Date;
  /** The words themselves. */
  readonly body: string;
}

export interface Proof extends Evidence {
  readonly id: string;
  /** The recording day, UTC: the partition. */
  readonly day: string;
  readonly keyId: string;
}

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
