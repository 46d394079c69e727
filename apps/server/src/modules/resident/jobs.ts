import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { endMovedOut, forgetOldThings } from './use-cases/end-moved-out.ts';

const minuteMs = 60_000;

export function residentTasks(deps: Deps): PeriodicTask[] {
  return [
    {
      name: 'resident.moved-out',
      everyMs: 10 * minuteMs,
      async run() {
        await endMovedOut(deps);
      },
    },
    { name: 'resident.forget', everyMs: 360 * minuteMs, run: () => forgetOldThings(deps) },
  ];
}
