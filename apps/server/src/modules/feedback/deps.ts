import type { Deps } from '../../platform/deps.ts';

/** What most verbs of this module use. */
export type FeedbackDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'live' | 'publicUrl'>;
