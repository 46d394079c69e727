import type { CoreDeps } from '../deps.ts';
import type { Notifier } from '../notifier.ts';
import type { AlipayEvent, Records } from './records.ts';

/** What every part of Alipay may use. */
export type Deps = CoreDeps & { records: Records };

/** What everything needs that tells a merchant about a payment. */
export type PayDeps = Deps & { notifier: Notifier<AlipayEvent> };
