import type { CoreDeps } from '../deps.ts';
import type { Notifier } from '../notifier.ts';
import type { Notification, Records } from './records.ts';

/** What every part of the QR access may use. */
export type Deps = CoreDeps & { records: Records };

/** With the means to tell a merchant of a success. */
export type PayDeps = Deps & { notifier: Notifier<Notification> };
