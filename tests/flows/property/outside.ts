import type { Wallet } from './wallet.ts';

/** What the outside world knows, to hold our books against. */
export interface Outside {
  readonly wallets: readonly Wallet[];
  /** Trades of which a notification named another amount than the wallet collected. */
  readonly liedAbout: ReadonlySet<string>;
  /** Trades and refund numbers whose news we answered with "stored". */
  readonly acknowledged: ReadonlySet<string>;
}
