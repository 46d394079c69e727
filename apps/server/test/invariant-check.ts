import type { Tx } from '../src/platform/database/index.ts';

/** What the channel says it collected, to hold our books against. */
export interface ChannelBook {
  readonly account: { readonly id: string };
  trades(): readonly { readonly tradeNo: string; readonly amountFen: number }[];
  /** What it gave back, by its refund numbers; nothing where it gives nothing back. */
  readonly refunds?: ReadonlyMap<string, { readonly state: string; readonly amountFen: number }>;
}

/** What is wrong, one sentence each. */
export type Check = (tx: Tx, book: ChannelBook, isQuiet: boolean) => Promise<string[]>;
