import { fen, sum } from '@wuye-pay/money';
import { dayOf, monthOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { reach } from '../checkpoints.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { firstPossibleDay, instantOf } from '../domain/calendar.ts';
import { fitBills } from '../domain/fit.ts';
import type { Mandate } from '../domain/mandate.ts';
import { addDays, later, type Rule, wishedDay } from '../domain/rule.ts';
import { announceHour, debitHours, maxBills, noticeMs, planAheadDays } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import { type CoveredBill, coveredBills } from '../queries/covered-bills.ts';
import { routedBills } from '../queries/routed-bills.ts';
import { ruleFinder } from '../queries/rules.ts';
import { insertDebit, openDebitOf, usedInMonth } from '../store/debit-store.ts';
import { record } from '../store/log-store.ts';
import {
  companiesToPlan,
  lockMandate,
  mandatesToPlan,
  planAgainAt,
} from '../store/mandate-store.ts';
import { leaveLostHomes } from './mandate-steps.ts';
import { tellLeftOut } from './tell-left-out.ts';

/** Looks at the calendars that are due. A mandate that cannot be planned keeps nobody waiting. */
export async function planDebits(input: AutopayInputDeps): Promise<void> {
  const deps = withMandates(input);
  const now = deps.clock.now();
  for (const companyId of await companiesToPlan(deps.jobsDb.global, now)) {
    const ids = await deps.db.read(companyId, (tx) => mandatesToPlan(tx, now));
    for (const mandateId of ids) {
      try {
        await deps.db.transaction(companyId, (tx) => planMandate(tx, deps, mandateId));
        reach(deps, 'autopay.plan.committed');
      } catch (error) {
        deps.log.error({ err: error, companyId, mandateId }, 'a calendar was not planned');
      }
    }
  }
}

/** Plans the next debit of a mandate, if it has none and a bill's day comes near. */
async function planMandate(tx: Tx, deps: AutopayDeps, mandateId: string): Promise<void> {
  const mandate = await lockMandate(tx, mandateId);
  if (mandate?.state !== 'active') return;
  const { timeZone } = await companyOf(tx);
  const now = deps.clock.now();
  const today = dayOf(now, timeZone);
  // Written first: a home that is left, or a debit that ends, brings the next look forward.
  await planAgainAt(tx, mandateId, instantOf(addDays(today, 1), announceHour - 1, timeZone));
  await leaveLostHomes(tx, deps, mandateId);
  if (await openDebitOf(tx, mandateId)) return;
  const plan = await nextDebit(tx, deps, mandate, { now, today, timeZone });
  if (!plan) return;
  const { debitOn, noticeDays, taken, leftOut } = plan;
  await tellLeftOut(tx, deps, mandate, leftOut);
  if (taken.length === 0) return;
  const id = newId(now);
  const amountFen = sum(taken.map(({ openFen }) => openFen));
  const announceAt = instantOf(addDays(debitOn, -noticeDays), announceHour, timeZone);
  const isNew = await insertDebit(
    tx,
    { id, mandateId, firstId: id, tryNo: 1, debitOn, amountFen, announceAt, createdAt: now },
    taken.map((bill) => ({ billId: bill.id, unitId: bill.unitId, amountFen: bill.openFen })),
  );
  if (!isNew) return;
  const detail = { debitOn, amountFen };
  await record(tx, { mandateId, debitId: id, kind: 'planned', actor: 'autopay', detail, at: now });
  reach(deps, 'autopay.plan.written');
}

interface Today {
  readonly now: Date;
  readonly today: string;
  readonly timeZone: string;
}

/** The earliest day that a bill wishes and a notice can keep, with all bills due by then. */
async function nextDebit(tx: Tx, deps: AutopayDeps, mandate: Mandate, at: Today) {
  const ruleOf = await ruleFinder(tx);
  const wanted = await wantedBills(tx, deps, mandate, at, ruleOf);
  const [first] = wanted;
  if (!first) return undefined;
  const noticeDays = Math.max(...wanted.map(({ rule }) => rule.noticeDays));
  const notice = { noticeDays, noticeMs, hours: debitHours, timeZone: at.timeZone };
  const possible = firstPossibleDay(at.now, notice);
  const debitOn = later(later(first.wishedOn, possible), mandate.firstDebitOn);
  const due = wanted.filter(({ wishedOn }) => wishedOn <= debitOn);
  const month = monthOf(debitOn);
  const usedFen = await usedInMonth(tx, { mandateId: mandate.id, month });
  const limits = {
    limitDebitFen: mandate.limitDebitFen,
    monthLeftFen: fen(Math.max(0, mandate.limitMonthFen - usedFen)),
  };
  const { taken, leftOut } = fitBills(
    due.map(({ bill }) => bill),
    limits,
    maxBills,
  );
  return { debitOn, noticeDays, taken, leftOut };
}

interface Wanted {
  readonly bill: CoveredBill;
  readonly rule: Rule;
  readonly wishedOn: string;
}

/** Bills that may be debited and whose day is near, the earliest day first. */
async function wantedBills(
  tx: Tx,
  deps: AutopayDeps,
  mandate: Mandate,
  { today, timeZone }: Today,
  ruleOf: (communityId: string) => Rule,
): Promise<Wanted[]> {
  const bills = await coveredBills(tx, [mandate.id]);
  const free = bills.filter(({ isDisputed, leftToPayer }) => !isDisputed && !leftToPayer);
  const routed = await routedBills(tx, deps.mandates, mandate, free);
  return routed
    .map((bill) => {
      const rule = ruleOf(bill.communityId);
      const publishedOn = dayOf(bill.publishedAt, timeZone);
      return { bill, rule, wishedOn: wishedDay({ dueOn: bill.dueOn, publishedOn }, rule) };
    })
    .filter(({ rule, wishedOn }) => wishedOn <= addDays(today, rule.noticeDays + planAheadDays))
    .sort((a, b) => (a.wishedOn < b.wishedOn ? -1 : a.wishedOn > b.wishedOn ? 1 : 0));
}
