import type { CoreDeps } from '../deps.ts';
import type { Records } from './records.ts';

/** What every part of WeChat Pay may use. */
export type Deps = CoreDeps & { records: Records };
