import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { companiesWithPlanned, companiesWithPlans } from './queries/company.ts';
import { enqueuePlanned } from './use-cases/enqueue-planned.ts';
import { followNotices } from './use-cases/follow-notices.ts';
import { planReminders } from './use-cases/plan-reminders.ts';

const minuteMs = 60_000;

export function remindersTasks(deps: Deps): PeriodicTask[] {
  return [
    {
      name: 'reminders.plan',
      everyMs: minuteMs,
      async run() {
        for (const companyId of await companiesWithPlans(deps.jobsDb)) {
          await planReminders(deps, companyId);
        }
        for (const companyId of await companiesWithPlanned(deps.jobsDb)) {
          await enqueuePlanned(deps, companyId);
        }
      },
    },
    { name: 'reminders.follow', everyMs: minuteMs, run: () => followNotices(deps) },
  ];
}
