import type { ReminderPlanInput, ReminderPlanView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { planProblems } from '../domain/check-plan.ts';
import { reminderErrors } from '../errors.ts';
import { showPlans } from '../queries/plans.ts';
import { deletePlan, insertPlan, knownNames, lockPlan, updatePlan } from '../store/plan-store.ts';

type SaveDeps = Pick<Deps, 'db' | 'clock'>;

/** @throws REMINDER_PLAN_INVALID, REMINDER_PLAN_EXISTS */
export function createPlan(
  deps: SaveDeps,
  { actor, plan }: { readonly actor: StaffActor; readonly plan: ReminderPlanInput },
): Promise<ReminderPlanView> {
  const at = deps.clock.now();
  const id = newId(at);
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      await requireValid(tx, plan);
      await insertPlan(tx, { id, plan, at, by: actor.name });
      await audit(deps, tx, {
        actor,
        action: 'reminders.create_plan',
        id,
        detail: { name: plan.name },
      });
      return await planOf(tx, id);
    })
    .catch(asExisting);
}

/** @throws REMINDER_PLAN_ACTIVE while it is carried out */
export function changePlan(
  deps: SaveDeps,
  input: {
    readonly actor: StaffActor;
    readonly reminderPlanId: string;
    readonly plan: ReminderPlanInput;
  },
): Promise<ReminderPlanView> {
  const { actor, reminderPlanId: id, plan } = input;
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      await requireResting(tx, id);
      await requireValid(tx, plan);
      await updatePlan(tx, { id, plan, at: deps.clock.now(), by: actor.name });
      const detail = { name: plan.name, steps: plan.steps.length };
      await audit(deps, tx, { actor, action: 'reminders.change_plan', id, detail });
      return await planOf(tx, id);
    })
    .catch(asExisting);
}

export async function removePlan(
  deps: SaveDeps,
  { actor, reminderPlanId: id }: { readonly actor: StaffActor; readonly reminderPlanId: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    await requireResting(tx, id);
    if (!(await deletePlan(tx, id))) throw reminderErrors.REMINDER_PLAN_USED();
    await audit(deps, tx, { actor, action: 'reminders.delete_plan', id, detail: {} });
  });
}

async function requireResting(tx: Tx, planId: string): Promise<void> {
  const plan = await lockPlan(tx, planId);
  if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
  if (plan.state === 'active') throw reminderErrors.REMINDER_PLAN_ACTIVE();
}

async function requireValid(tx: Tx, plan: ReminderPlanInput): Promise<void> {
  const problems = planProblems(plan, { isComplete: false });
  const known = await knownNames(tx, plan);
  if (plan.communityId !== null && known.communities === 0) {
    problems.push({ field: 'communityId', reason: '没有找到该小区，请重新选择' });
  }
  if (known.feeItems !== new Set(plan.feeItemIds).size) {
    problems.push({ field: 'feeItemIds', reason: '有收费项目不存在，请重新选择' });
  }
  if (problems.length > 0) throw reminderErrors.REMINDER_PLAN_INVALID({ problems });
}

export async function planOf(tx: Tx, planId: string): Promise<ReminderPlanView> {
  const [plan] = await showPlans(tx, planId);
  if (!plan) throw reminderErrors.REMINDER_PLAN_NOT_FOUND();
  return plan;
}

interface Deed {
  readonly actor: StaffActor;
  readonly action: string;
  readonly id: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function audit(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  { actor, action, id, detail }: Deed,
): Promise<void> {
  await recordAudit(tx, clock, {
    actor,
    action,
    subjectKind: 'reminder_plan',
    subjectId: id,
    detail,
  });
}

function asExisting(error: unknown): never {
  if (violatedConstraint(error) !== 'plan_name_key') throw error;
  throw reminderErrors.REMINDER_PLAN_EXISTS({ cause: error });
}
