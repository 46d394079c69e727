import type { ReminderCalendarEntry, ReminderPreview } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { dayAfter, type Occurrence, occurrencesOn } from '../domain/occurrences.ts';
import { reminderErrors } from '../errors.ts';
import { previewSample } from '../limits.ts';
import { candidates } from '../queries/candidates.ts';
import { communitiesOf, companyOf } from '../queries/company.ts';
import { activePlans, type PlanRow, planRow } from '../queries/plan-rows.ts';
import {
  type CandidateRow,
  type CandidateTotal,
  candidateRows,
  candidateTotals,
} from '../queries/preview.ts';
import { estimate } from './estimate.ts';

type PreviewDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'publicUrl'>;

/** What a plan would do on a day, by what is owed now. Works in any state and writes nothing. */
export async function previewPlan(
  deps: PreviewDeps,
  input: { readonly companyId: string; readonly reminderPlanId: string; readonly day: string },
): Promise<ReminderPreview> {
  const { companyId, reminderPlanId, day } = input;
  return await deps.db.read(companyId, async (tx) => {
    const plan = await planRow(tx, reminderPlanId);
    if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
    const occurrences = occurrencesOn(plan.steps, day);
    const totals: CandidateTotal[] = [];
    const sample: CandidateRow[] = [];
    if (occurrences.length > 0) {
      for (const communityId of await communitiesOf(tx, plan.communityId)) {
        const found = candidates(tx, dayOfPlan(plan, { communityId, day, occurrences }));
        totals.push(...(await candidateTotals(tx, found)));
        const room = previewSample - sample.length;
        if (room > 0) sample.push(...(await candidateRows(tx, found, room)));
      }
    }
    return await estimate(deps, tx, { day, totals, sample, steps: occurrences });
  });
}

/** What all active plans would send on the days to come, if nobody paid. */
export async function showCalendar(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { readonly companyId: string; readonly from?: string; readonly days?: number },
): Promise<{ from: string; items: ReminderCalendarEntry[] }> {
  return await deps.db.read(input.companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const from = input.from ?? dayOf(deps.clock.now(), timeZone);
    const items: ReminderCalendarEntry[] = [];
    for (const plan of await activePlans(tx)) {
      const communities = await communitiesOf(tx, plan.communityId);
      for (let turn = 0; turn < (input.days ?? usualDays); turn += 1) {
        const day = dayAfter(from, turn);
        const occurrences = occurrencesOn(plan.steps, day);
        if (occurrences.length === 0 || !isWithin(plan, day)) continue;
        const totals: CandidateTotal[] = [];
        for (const communityId of communities) {
          const found = candidates(tx, dayOfPlan(plan, { communityId, day, occurrences }));
          totals.push(...(await candidateTotals(tx, found)));
        }
        items.push(...entriesOf(plan, day, occurrences, totals));
      }
    }
    return { from, items: items.sort(byTime) };
  });
}

const usualDays = 14;

function isWithin({ startsOn, endsOn }: PlanRow, day: string): boolean {
  return day >= startsOn && (endsOn === null || day <= endsOn);
}

function entriesOf(
  plan: PlanRow,
  day: string,
  occurrences: readonly Occurrence[],
  totals: readonly CandidateTotal[],
): ReminderCalendarEntry[] {
  return occurrences.flatMap(({ stepId, days, sendAt }, place) => {
    const found = totals.filter((total) => total.place === place && total.reason === null);
    const units = found.reduce((sum, total) => sum + total.units, 0);
    const owedFen = found.reduce((sum, total) => sum + total.owedFen, 0);
    const { id: planId, name: planName } = plan;
    return units === 0 ? [] : [{ day, planId, planName, stepId, days, sendAt, units, owedFen }];
  });
}

function byTime(a: ReminderCalendarEntry, b: ReminderCalendarEntry): number {
  return `${a.day}${a.sendAt}` < `${b.day}${b.sendAt}` ? -1 : 1;
}

function dayOfPlan(
  { id: planId, feeItemIds, minimumFen, capCount, capDays }: PlanRow,
  on: { communityId: string; day: string; occurrences: readonly Occurrence[] },
) {
  return { planId, feeItemIds, minimumFen, capCount, capDays, ...on };
}
