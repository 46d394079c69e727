import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Store } from './store.ts';

/** What every channel of the simulator may use; a channel keeps its own records in the store. */
export type CoreDeps = {
  clock: Clock;
  store: Store;
  faults: Faults;
  log: RequestLog;
  /** How a browser reaches the simulator; empty when it comes straight to our own port. */
  publicUrl: string;
  /** The path of `publicUrl`: every link and script starts with it. */
  publicPath: string;
  /** ms that a merchant has to answer a notification. */
  answerTimeoutMs: number;
};
