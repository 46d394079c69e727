import type { ReminderCalendarEntry, ReminderPreview } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { dayAfter, type Occurrence, occurrencesOn } from '../domain/occurrences.ts';
import { reminderErrors } from '../errors.ts';
import { previewSample } from '../limits.ts';
import { candidates } from '../queries/candidates.ts';
import { communitiesOf, companyOf } from '../queries/company.ts';
import { type DueDayTotal, owedByDueDay } from '../queries/due-days.ts';
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
  input: { readonly companyId: string; readonly reminderPlanId: string; readonly day?: string },
): Promise<ReminderPreview> {
  const { companyId, reminderPlanId } = input;
  return await deps.db.read(companyId, async (tx) => {
    const plan = await planRow(tx, reminderPlanId);
    if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
    const day = input.day ?? (await nextDay(deps, tx, plan));
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

/** The next day on which the plan would send something. */
async function nextDay({ clock }: PreviewDeps, tx: Tx, plan: PlanRow): Promise<string> {
  const { timeZone } = await companyOf(tx);
  const today = dayOf(clock.now(), timeZone);
  const days = Array.from({ length: daysAhead }, (_, turn) => dayAfter(today, turn)).filter((day) =>
    isWithin(plan, day),
  );
  const dueDaysOf = (day: string) => occurrencesOn(plan.steps, day).map(({ dueOn }) => dueOn);
  const dueDays = [...new Set(days.flatMap(dueDaysOf))];
  if (dueDays.length === 0) return today;
  const owed = new Set((await owedByDueDay(tx, { ...plan, dueDays })).map(({ dueOn }) => dueOn));
  return days.find((day) => dueDaysOf(day).some((dueOn) => owed.has(dueOn))) ?? today;
}

const daysAhead = 62;

/** What all active plans would send on the days to come, if nobody paid. */
export async function showCalendar(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: { readonly companyId: string; readonly from?: string; readonly days?: number },
): Promise<{ from: string; items: ReminderCalendarEntry[] }> {
  return await deps.db.read(input.companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const from = input.from ?? dayOf(deps.clock.now(), timeZone);
    const items: ReminderCalendarEntry[] = [];
    const days = Array.from({ length: input.days ?? usualDays }, (_, turn) => dayAfter(from, turn));
    for (const plan of await activePlans(tx)) {
      const called = days
        .filter((day) => isWithin(plan, day))
        .flatMap((day) => occurrencesOn(plan.steps, day).map((each) => ({ ...each, day })));
      const dueDays = [...new Set(called.map(({ dueOn }) => dueOn))];
      const owed = dueDays.length === 0 ? [] : await owedByDueDay(tx, { ...plan, dueDays });
      const totals = new Map(owed.map((total) => [total.dueOn, total]));
      items.push(...called.flatMap((each) => entryOf(plan, each, totals.get(each.dueOn))));
    }
    return { from, items: items.sort(byTime) };
  });
}

const usualDays = 14;

function isWithin({ startsOn, endsOn }: PlanRow, day: string): boolean {
  return day >= startsOn && (endsOn === null || day <= endsOn);
}

function entryOf(
  plan: PlanRow,
  { day, stepId, days, sendAt }: Occurrence & { readonly day: string },
  owed: DueDayTotal | undefined,
): ReminderCalendarEntry[] {
  if (!owed) return [];
  const { id: planId, name: planName } = plan;
  const { units, owedFen } = owed;
  return [{ day, planId, planName, stepId, days, sendAt, units, owedFen }];
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
