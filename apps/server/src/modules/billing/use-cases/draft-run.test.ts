import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenAssigned, givenFee } from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { draftRun } from './draft-run.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

test('89.37 ㎡ at 2.85 yuan is 254.70 a month', async () => {
  const unit = await givenUnit(system);
  const fee = await givenFee(system);
  await givenAssigned(system, fee, { communityId: unit.communityId });
  const run = await draftRun(system.deps, {
    companyId: system.companyId,
    communityId: unit.communityId,
    month: '2026-11-01',
    actor: system.staff,
  });
  expect(run.created).toBe(true);
  const rows = await system.deps.db.read(system.companyId, (tx) =>
    tx.many(sql`select * from billing.bill where company_id = ${tx.companyId}`),
  );
  expect(rows).toMatchObject([{ amount_fen: 254_70 }]);
});
