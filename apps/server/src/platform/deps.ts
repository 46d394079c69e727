import type { Clock } from './clock.ts';
import type { SecretBox } from './crypto/secret-box.ts';
import type { Database } from './database/index.ts';
import type { Live } from './live.ts';
import type { Log } from './log.ts';

/** What use-cases are given. A function asks for the part that it uses: Pick<Deps, 'db'>. */
export interface Deps {
  /** The application's role: row-level security holds. */
  readonly db: Database;
  /** The jobs' role: looks across companies. Only jobs and the sign-in use it. */
  readonly jobsDb: Database;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly live: Live;
  readonly log: Log;
  /** Origin under which browsers and channels reach us, without a trailing slash. */
  readonly publicUrl: string;
  /** Where channels send notifications; differs from publicUrl only behind a proxy. */
  readonly notifyUrl: string;
  /** The gateway simulator and demo data are on. */
  readonly demo: boolean;
  /** Called at named points of the payment machine; tests kill the process there. */
  readonly checkpoint: (name: string) => void;
}
