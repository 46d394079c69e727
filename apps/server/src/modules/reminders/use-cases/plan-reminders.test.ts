import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type BilledUnit, givenBills } from '../../../../test/billing-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import {
  givenDispute,
  planInput,
  pushProvider,
  type RemindersWorld,
  remindersWorld,
  stepOf,
} from '../../../../test/reminders-builders.ts';
import { sql } from '../../../platform/database/index.ts';
import { createPlan, pausePlan, planReminders, printQueue } from '../index.ts';
import { pauseUnit } from './pause-unit.ts';
import { previewPlan } from './preview-plan.ts';
import { previewByHand, remindByHand } from './remind-by-hand.ts';
import { activatePlan } from './switch-plan.ts';

/** Bills are due on the 25th of their month; today is the 24th of November. */
const system = await givenSystem();
const provider = await pushProvider();
let world: RemindersWorld;
beforeEach(async () => {
  world = await remindersWorld(system, provider);
});
afterAll(async () => {
  await provider.close();
  await system.close();
});
const { deps } = system;

test('planning twice, and 32 times at once, reminds a home once', async () => {
  await world.home(100_00);
  await world.home(200_00);
  await world.plan();
  await Promise.all(Array.from({ length: 32 }, () => planReminders(deps, world.companyId)));
  system.clock.advance(4 * 3_600_000);
  await world.planNow();
  system.clock.advance(-4 * 3_600_000);
  expect(await world.states()).toEqual(['queued', 'queued']);
});

test('a home with three overdue months hears of their sum once, of the latest step', async () => {
  const home = await world.home(100_00, 20_00, 3_00, 7_00);
  await world.plan({ steps: [stepOf(), stepOf({ days: 30 }), stepOf({ days: 60 })] });
  await world.planNow();
  await world.sendNow();
  // September’s bill is 60 days late, October’s 30; November’s is due tomorrow.
  expect(world.pushes).toHaveLength(1);
  expect(world.pushes[0]?.text).toContain('123.00元');
  expect(world.pushes[0]?.text).toContain('2026年8月至10月');
  expect(home.bills).toHaveLength(4);
});

test('a repeated step comes again after its days', async () => {
  await world.home(100_00, 1_00);
  await world.plan({ steps: [stepOf({ days: 10, repeatEveryDays: 10, repeatTimes: 3 })] });
  await world.planNow();
  expect(await world.states()).toEqual(['queued']);
});

describe('a home is left in peace', () => {
  const dispute = (home: BilledUnit) => givenDispute(system, world.companyId, home);
  test.each(['disputed', 'paused', 'below-minimum', 'cap'] as const)('that is %s', async (why) => {
    const home = await world.home(100_00);
    const change = {
      ...(why === 'below-minimum' && { minimumFen: 100_01 }),
      ...(why === 'cap' && { capCount: 1 }),
    };
    if (why === 'cap') await world.plan({ name: '前一个', endsOn: '2026-11-24' });
    if (why === 'cap') {
      await world.planNow();
      await pauseAll();
    }
    if (why === 'paused') {
      const promise = { until: '2026-11-30', reason: '承诺月底缴' };
      await pauseUnit(deps, { actor: world.staff, unitId: home.unitId, ...promise });
    }
    if (why === 'disputed') await dispute(home);
    const planId = await world.plan(change);
    const preview = await previewPlan(deps, {
      companyId: world.companyId,
      reminderPlanId: planId,
      day: '2026-11-24',
    });
    expect(preview).toMatchObject({ units: 0, excluded: [{ reason: why, units: 1 }] });
    await world.planNow();
    expect(await world.states()).toContain(`dropped ${why}`);
    if (why !== 'cap') {
      await world.sendNow();
      expect(world.pushes).toEqual([]);
    }
  });

  test.each(['disputed', 'paused', 'plan paused'] as const)(
    'that is %s after planning',
    async (why) => {
      const home = await world.home(100_00);
      const reminderPlanId = await world.plan();
      await world.planNow();
      if (why === 'disputed') await dispute(home);
      const promise = { until: '2026-11-30', reason: '承诺月底缴' };
      if (why === 'paused') {
        await pauseUnit(deps, { actor: world.staff, unitId: home.unitId, ...promise });
      }
      if (why === 'plan paused') await pausePlan(deps, { actor: world.staff, reminderPlanId });
      await world.sendNow();
      expect(world.pushes).toEqual([]);
      expect(await world.states()).toEqual([`dropped ${why.replace(' ', '-')}`]);
    },
  );
});

test('the undisputed bill of a home is still asked for', async () => {
  const home = await world.home(100_00);
  const other = await givenBills(system, {
    ...{ companyId: world.companyId, unitId: home.unitId, amountsFen: [30_00] },
    feeItemName: '车位费',
  });
  await givenDispute(system, world.companyId, other);
  await world.plan();
  await world.planNow();
  await world.sendNow();
  expect(world.pushes[0]?.text).toContain('100.00元');
});

test('two plans that share a bill are not active together', async () => {
  await world.plan({ name: '全公司' });
  const other = await createPlan(deps, { actor: world.staff, plan: planInput() });
  const activate = activatePlan(deps, { actor: world.staff, reminderPlanId: other.id });
  await expect(activate).rejects.toMatchObject({
    code: 'REMINDER_PLAN_OVERLAPS',
    values: { name: '全公司' },
  });
});

test('what is wrong with a plan is said by field', async () => {
  const steps = [
    stepOf({ vias: [], sendAt: '22:00' }),
    stepOf({ days: -3, repeatEveryDays: 2, repeatTimes: 1 }),
  ];
  const plan = planInput({ endsOn: '2025-01-01', steps });
  const creating = createPlan(deps, { actor: world.staff, plan });
  await expect(creating).rejects.toMatchObject({ code: 'REMINDER_PLAN_INVALID' });
  const problems = await creating.catch((error: { problems: { field: string }[] }) =>
    error.problems.map(({ field }) => field),
  );
  expect(problems).toEqual([
    'endsOn',
    'steps.0.vias',
    'steps.0.sendAt',
    'steps.1.repeatEveryDays',
    'steps.1.days',
  ]);
});

test('printed notices are listed with what is owed now, and never for who has paid', async () => {
  const homes = [await world.home(100_00), await world.home(50_00)];
  await world.plan({ steps: [stepOf({ audience: 'print', vias: [] })] });
  await world.planNow();
  await world.pay(homes[0] as never);
  const { items } = await printQueue(deps, world.companyId, {});
  expect(items).toMatchObject([{ unitId: homes[1]?.unitId, owedFen: 50_00 }]);
});

test('by hand: who is chosen is reminded once, as the preview said, within the cap', async () => {
  const home = await world.home(100_00, 5_00);
  const choice = { unitIds: [home.unitId], audience: 'everybody', vias: ['push'] } as const;
  const wanted = {
    actor: world.staff,
    choice: { ...choice, unitIds: [home.unitId], vias: ['push' as const] },
  };
  const preview = await previewByHand(deps, wanted);
  expect(preview).toMatchObject({ units: 1, ways: [{ via: 'push', messages: 1 }] });
  const idempotencyKey = 'remind-once-1';
  await remindByHand(deps, { ...wanted, idempotencyKey });
  const again = await remindByHand(deps, { ...wanted, idempotencyKey });
  expect(again).toMatchObject({ units: 1, excluded: [] });
  await world.planNow();
  await world.sendNow();
  expect(world.pushes).toHaveLength(1);
  expect(world.pushes[0]?.text).toContain('100.00元');
  await remindByHand(deps, { ...wanted, idempotencyKey: 'remind-once-2' });
  await remindByHand(deps, { ...wanted, idempotencyKey: 'remind-once-3' });
  const spent = await remindByHand(deps, { ...wanted, idempotencyKey: 'remind-once-4' });
  expect(spent).toMatchObject({ units: 0, excluded: [{ reason: 'cap', units: 1 }] });
});

async function pauseAll(): Promise<void> {
  await deps.db.transaction(world.companyId, (tx) =>
    tx.run(sql`update reminders.plan set state = 'paused' where company_id = ${tx.companyId}`),
  );
}
