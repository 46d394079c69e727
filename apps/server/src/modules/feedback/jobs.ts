import type { Deps } from '../../platform/deps.ts';
import type { Listener } from '../../platform/outbox/index.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { billAdjusted } from '../billing/index.ts';
import { noteAdjustedBill } from './use-cases/answer-dispute.ts';
import { makeDigests } from './use-cases/make-digests.ts';
import { watchClocks } from './use-cases/watch-clocks.ts';

const minuteMs = 60_000;

export function feedbackTasks(deps: Deps): PeriodicTask[] {
  return [
    { name: 'feedback.clocks', everyMs: minuteMs, run: () => watchClocks(deps) },
    { name: 'feedback.digests', everyMs: 60 * minuteMs, run: () => makeDigests(deps) },
  ];
}

/** A second person decided about a bill that is disputed. */
export function feedbackListeners(deps: Deps): (readonly [string, Listener])[] {
  return [[billAdjusted, (event) => noteAdjustedBill({ ...deps, db: deps.jobsDb }, event)]];
}
