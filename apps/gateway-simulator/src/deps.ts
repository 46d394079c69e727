import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Records } from './wechat-pay/records.ts';

/** What every part of the simulator may use. */
export type Deps = {
  clock: Clock;
  faults: Faults;
  log: RequestLog;
  records: Records;
  /** How a browser reaches the simulator; empty when it comes straight to our own port. */
  publicUrl: string;
  /** The path of `publicUrl`: every link and script starts with it. */
  publicPath: string;
  /** ms that a merchant has to answer a notification. */
  answerTimeoutMs: number;
};
