import { dayOf, startOfDay } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { dayAfter, type Occurrence, occurrencesOn } from '../domain/occurrences.ts';
import { instantOf } from '../instants.ts';
import { overdueDays, planAgainMs } from '../limits.ts';
import { communitiesOf, companyOf } from '../queries/company.ts';
import type { PlanRow } from '../queries/plan-rows.ts';
import { insertPlanned, prepareForPlanning } from '../store/plan-day-store.ts';
import { lockActivePlans, markPlanned } from '../store/plan-store.ts';

type PlanDeps = Pick<Deps, 'db' | 'clock' | 'checkpoint'>;

/**
 * Plans today for the active plans of a company: one statement and transaction a community, so
 * that nothing is held long and nothing passes through this process. Safe to repeat.
 * @returns how many reminders were added
 */
export async function planReminders(deps: PlanDeps, companyId: string): Promise<number> {
  const now = deps.clock.now();
  const { plans, timeZone } = await deps.db.transaction(companyId, async (tx) => ({
    plans: await lockActivePlans(tx),
    timeZone: (await companyOf(tx)).timeZone,
  }));
  const day = dayOf(now, timeZone);
  let added = 0;
  for (const plan of plans) {
    if (isDue(plan, day, now)) added += await planDay(deps, companyId, { plan, day, timeZone });
  }
  return added;
}

function isDue({ plannedOn, plannedAt, startsOn, endsOn }: PlanRow, day: string, now: Date) {
  if (day < startsOn || (endsOn !== null && day > endsOn)) return false;
  if (plannedOn !== day || plannedAt === null) return true;
  return now.getTime() - plannedAt.getTime() >= planAgainMs;
}

async function planDay(
  deps: PlanDeps,
  companyId: string,
  { plan, day, timeZone }: { plan: PlanRow; day: string; timeZone: string },
): Promise<number> {
  const at = deps.clock.now();
  const occurrences = occurrencesOn(plan.steps, day).map((each) => ({
    ...each,
    ...spanOf(each, day, timeZone),
  }));
  // A time that has passed is not made up for in the evening; paper has no time.
  const ahead = occurrences.filter((each) => each.audience === 'print' || each.expiresAt > at);
  let added = 0;
  if (ahead.length > 0) {
    const communities = await deps.db.read(companyId, (tx) => communitiesOf(tx, plan.communityId));
    for (const communityId of communities) {
      const { id: planId, feeItemIds, minimumFen, capCount, capDays } = plan;
      added += await deps.db.transaction(companyId, async (tx) => {
        await prepareForPlanning(tx);
        return await insertPlanned(tx, {
          ...{ planId, communityId, feeItemIds, minimumFen, capCount, capDays, day, at },
          occurrences: ahead,
          dueAts: ahead.map(({ dueAt }) => dueAt),
          expiresAts: ahead.map(({ expiresAt }) => expiresAt),
        });
      });
      deps.checkpoint('reminders.planned');
    }
  }
  await deps.db.transaction(companyId, (tx) => markPlanned(tx, plan.id, day, at));
  return added;
}

/** What speaks of a due day is true until that day ends; an overdue one for a few days. */
function spanOf({ isOverdue, dueOn, sendAt }: Occurrence, day: string, timeZone: string) {
  const lastDay = isOverdue ? dayAfter(day, overdueDays) : dueOn;
  return {
    dueAt: instantOf(day, sendAt, timeZone),
    expiresAt: startOfDay(dayAfter(lastDay, 1), timeZone),
  };
}
