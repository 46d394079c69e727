import type { ReminderPlanView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { planProblems } from '../domain/check-plan.ts';
import { overlaps } from '../domain/overlap.ts';
import { reminderErrors } from '../errors.ts';
import type { PlanRow } from '../queries/plan-rows.ts';
import { lockActivePlans, lockCompanyPlans, lockPlan, setPlanState } from '../store/plan-store.ts';
import { audit, planOf } from './save-plan.ts';

interface Input {
  readonly actor: StaffActor;
  readonly reminderPlanId: string;
}

/** @throws REMINDER_PLAN_INVALID, and REMINDER_PLAN_OVERLAPS with another active plan */
export function activatePlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, reminderPlanId: id }: Input,
): Promise<ReminderPlanView> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await lockCompanyPlans(tx);
    const plan = await lockPlan(tx, id);
    if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
    if (plan.state === 'active') return await planOf(tx, id);
    const problems = planProblems(asInput(plan), { isComplete: true });
    if (problems.length > 0) throw reminderErrors.REMINDER_PLAN_INVALID({ problems });
    const other = (await lockActivePlans(tx)).find((each) => overlaps(plan, each));
    if (other) throw reminderErrors.REMINDER_PLAN_OVERLAPS({ values: { name: other.name } });
    await setPlanState(tx, { id, state: 'active', at: deps.clock.now(), by: actor.name });
    await audit(deps, tx, {
      actor,
      action: 'reminders.activate_plan',
      id,
      detail: { name: plan.name },
    });
    return await planOf(tx, id);
  });
}

/** Messages of the plan that have not left are dropped when their turn comes. */
export function pausePlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, reminderPlanId: id }: Input,
): Promise<ReminderPlanView> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const plan = await lockPlan(tx, id);
    if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
    if (plan.state === 'active') {
      await setPlanState(tx, { id, state: 'paused', at: deps.clock.now(), by: actor.name });
      await audit(deps, tx, {
        actor,
        action: 'reminders.pause_plan',
        id,
        detail: { name: plan.name },
      });
    }
    return await planOf(tx, id);
  });
}

function asInput({ feeItemIds, steps, ...plan }: PlanRow) {
  return { ...plan, feeItemIds: [...feeItemIds], steps: [...steps] };
}
