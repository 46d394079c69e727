import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billsOf } from '../../../../test/billing-builders.ts';
import { givenAssigned, givenFee } from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { listSkipped } from '../queries/list-skipped.ts';
import { draftRun } from './draft-run.ts';
import { publishRun } from './publish-run.ts';

const november = '2026-11-01';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

function draft(communityId: string, month = november) {
  const { companyId, staff: actor } = system;
  return draftRun(system.deps, { companyId, communityId, month, actor });
}

async function skipped(runId: string): Promise<Record<string, string>> {
  const page = await listSkipped(system.deps, { companyId: system.companyId, runId });
  return Object.fromEntries(page.items.map((item) => [item.unitLabel, item.reason]));
}

async function publish(runId: string) {
  await publishRun(system.deps, { companyId: system.companyId, runId, actor: system.staff });
}

describe('F18: the same month billed twice adds nothing', () => {
  test('the draft is returned as it is; published, nothing is left to bill', async () => {
    const unit = await givenUnit(system, { community: '辛' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const first = await draft(unit.communityId);
    expect(await draft(unit.communityId)).toEqual({ runId: first.runId, created: false });
    await publish(first.runId);
    const again = draft(unit.communityId);
    await expect(again).rejects.toMatchObject({ code: 'RUN_EMPTY' });
    await expect(again).rejects.toThrow(/billed for this period already × 1/);
    const newcomer = await givenUnit(system, { community: '辛' });
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const second = await draft(unit.communityId);
    expect((await billsOf(system, second.runId)).map((bill) => bill.unitId)).toEqual([
      newcomer.unitId,
    ]);
    expect(await skipped(second.runId)).toEqual({ [unit.label]: 'already_billed' });
  });

  test('eight drafts at once make one', async () => {
    const unit = await givenUnit(system, { community: '壬' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const runs = await Promise.all(Array.from({ length: 8 }, () => draft(unit.communityId)));
    expect(new Set(runs.map((run) => run.runId)).size).toBe(1);
    expect(runs.filter((run) => run.created)).toHaveLength(1);
    expect(await billsOf(system, runs[0]?.runId ?? '')).toHaveLength(1);
  });

  test('a bill that another way put into the period is found by the unique key', async () => {
    const unit = await givenUnit(system, { community: '癸' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const october = await draft(unit.communityId, '2026-10-01');
    await system.deps.jobsDb.global.run(sql`
      update billing.bill set period_start = ${november}, month = ${november}
      where run_id = ${october.runId}`);
    await expect(draft(unit.communityId)).rejects.toMatchObject({ code: 'RUN_EMPTY' });
  });

  test('a crash half-way leaves nothing, and the next run bills all', async () => {
    const unit = await givenUnit(system, { community: '子' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const before = await draftKilledBeforeItsAudit(unit.communityId);
    expect(before).toMatch(/terminat/);
    const run = await draft(unit.communityId);
    expect(run.created).toBe(true);
    expect(await billsOf(system, run.runId)).toHaveLength(1);
  });
});

/** The run waits for a lock after it has written its bills; there its connection is killed. */
async function draftKilledBeforeItsAudit(communityId: string): Promise<string> {
  const owner = new pg.Client({ connectionString: system.urls.owner });
  await owner.connect();
  await owner.query('begin; lock table platform.audit_entry in exclusive mode');
  const killed = draft(communityId).then(
    () => 'it was not killed',
    (error: unknown) => String(error),
  );
  const waiting = `select pg_terminate_backend(pid) from pg_locks
    where relation = 'platform.audit_entry'::regclass and not granted`;
  while ((await owner.query(waiting)).rowCount === 0) await new Promise(setImmediate);
  const outcome = await killed;
  await owner.query('rollback');
  await owner.end();
  return outcome;
}
