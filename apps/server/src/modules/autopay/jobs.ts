import type { PeriodicTask } from '../../platform/periodic.ts';
import type { AutopayInputDeps } from './deps.ts';
import { followMandates } from './use-cases/follow-mandates.ts';
import { planDebits } from './use-cases/plan-debits.ts';
import { workOnDebits } from './use-cases/work-on-debits.ts';

/** Somebody who comes back from the wallet waits for the first; the others count in days. */
const followMs = 5000;
const workMs = 15_000;

export function autopayTasks(deps: AutopayInputDeps): PeriodicTask[] {
  return [
    { name: 'autopay.follow-mandates', everyMs: followMs, run: () => followMandates(deps) },
    { name: 'autopay.plan-debits', everyMs: workMs, run: () => planDebits(deps) },
    { name: 'autopay.work-on-debits', everyMs: workMs, run: () => workOnDebits(deps) },
  ];
}
