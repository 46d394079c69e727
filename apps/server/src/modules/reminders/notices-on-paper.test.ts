import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import {
  givenDispute,
  type PushProvider,
  pushProvider,
  type RemindersWorld,
  remindersWorld,
  stepOf,
} from '../../../test/reminders-builders.ts';
import { sql } from '../../platform/database/index.ts';
import { drawNotices } from './use-cases/draw-notices.ts';
import { notePrinted, printQueue } from './use-cases/show-reminders.ts';

/** Notices on paper: what is printed is owed at that moment, and the same can be printed again. */
let system: TestSystem;
let provider: PushProvider;
let world: RemindersWorld;

beforeAll(async () => {
  system = await givenSystem();
  provider = await pushProvider();
  world = await remindersWorld(system, provider);
  await world.plan({ steps: [stepOf({ days: -1, audience: 'print', vias: [] })] });
});
afterAll(async () => {
  await provider.close();
  await system.close();
});

const waiting = (state?: 'to-print' | 'printed') =>
  printQueue(system.deps, world.companyId, { limit: 100, ...(state && { state }) });
const draw = (reminderIds: readonly string[]) =>
  drawNotices(system.deps, { companyId: world.companyId, reminderIds });

async function codesOf(unitId: string): Promise<number> {
  const { count } = await system.deps.db.read(world.companyId, (tx) =>
    tx.one(sql<{ count: number }>`
      select count(*) as count from estate.room_code
      where company_id = ${world.companyId} and unit_id = ${unitId} and revoked_at is null`),
  );
  return count;
}

test('homes are printed with their code, and again once they are printed', async () => {
  const [first, second] = [await world.home(120_00), await world.home(80_00)];
  await world.planNow();
  const { items } = await waiting();
  const ids = items.map(({ id }) => id);
  expect(items.map(({ unitId }) => unitId).sort()).toEqual([first.unitId, second.unitId].sort());
  const sheet = await draw(ids);
  expect(sheet.body.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await Promise.all([first, second].map(({ unitId }) => codesOf(unitId)))).toEqual([1, 1]);
  const actor = { ...system.staff, companyId: world.companyId };
  expect(await notePrinted(system.deps, { actor, reminderIds: ids })).toEqual({ printed: 2 });
  expect(await notePrinted(system.deps, { actor, reminderIds: ids })).toEqual({ printed: 0 });
  expect((await waiting()).items).toEqual([]);
  const printed = await waiting('printed');
  expect(printed.items.map(({ id, printedAt }) => [id, printedAt !== null])).toEqual(
    ids.map((id) => [id, true]),
  );
  expect((await draw(ids)).body).toEqual(sheet.body);
});

test('32 people who print at once make one code a home', async () => {
  const home = await world.home(60_00);
  await system.deps.db.transaction(world.companyId, (tx) =>
    tx.run(sql`update reminders.plan set planned_at = null where company_id = ${world.companyId}`),
  );
  await world.planNow();
  const { items } = await waiting();
  const ids = items.filter(({ unitId }) => unitId === home.unitId).map(({ id }) => id);
  expect(ids).toHaveLength(1);
  await Promise.all(Array.from({ length: 32 }, () => draw(ids)));
  expect(await codesOf(home.unitId)).toBe(1);
  await world.pay(home);
  await expect(draw(ids)).rejects.toMatchObject({ code: 'REMINDER_NOTHING_TO_PRINT' });
});

test('nothing is printed of a disputed bill, and nothing for another company', async () => {
  const home = await world.home(50_00);
  await system.deps.db.transaction(world.companyId, (tx) =>
    tx.run(sql`update reminders.plan set planned_at = null where company_id = ${world.companyId}`),
  );
  await world.planNow();
  const { items } = await waiting();
  const ids = items.filter(({ unitId }) => unitId === home.unitId).map(({ id }) => id);
  expect(ids).toHaveLength(1);
  const other = await system.addCompany('other');
  await expect(
    drawNotices(system.deps, { companyId: other, reminderIds: ids }),
  ).rejects.toMatchObject({ code: 'REMINDER_NOTHING_TO_PRINT' });
  await givenDispute(system, world.companyId, home);
  await expect(draw(ids)).rejects.toMatchObject({ code: 'REMINDER_NOTHING_TO_PRINT' });
});
