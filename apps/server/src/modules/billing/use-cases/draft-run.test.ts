import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billsOf } from '../../../../test/billing-builders.ts';
import {
  givenAssigned,
  givenFee,
  givenFeeRetired,
  givenNextVersion,
  givenTariffEnded,
} from '../../../../test/charging-builders.ts';
import { givenUnit } from '../../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { sql } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { listSkipped } from '../queries/list-skipped.ts';
import { runDetail } from '../queries/run-detail.ts';
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

function detail(runId: string) {
  const { companyId, staff } = system;
  return runDetail(system.deps, { companyId, runId, permissions: staff.permissions });
}

async function publish(runId: string) {
  await publishRun(system.deps, { companyId: system.companyId, runId, actor: system.staff });
}

describe('the bill of a month', () => {
  test('of 89.37 ㎡ at 2.85 yuan is 254.70, due on the 25th', async () => {
    const unit = await givenUnit(system, { community: '甲' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const run = await draft(unit.communityId);
    expect(await billsOf(system, run.runId)).toMatchObject([
      {
        unitId: unit.unitId,
        amountFen: 254_70,
        periodStart: '2026-11-01',
        periodEnd: '2026-11-30',
        dueOn: '2026-11-25',
        months: 1,
        rounding: 'half-up/fen/period',
      },
    ]);
    expect(await detail(run.runId)).toMatchObject({ billCount: 1, amountFen: 254_70 });
  });

  test('takes the area and the price that hold on its first day', async () => {
    const unit = await givenUnit(system, { community: '乙', builtM2: '100' });
    const { companyId } = system;
    await system.deps.db.transaction(companyId, (tx) =>
      tx.run(sql`
        insert into estate.unit_area (company_id, id, unit_id, effective_on, built_m2, created_at)
        values (${companyId}, ${newId(system.clock.now())}, ${unit.unitId}, '2026-11-02', 90,
          ${system.clock.now()})`),
    );
    const fee = await givenFee(system);
    await givenNextVersion(system, fee, {
      terms: { basis: 'area', areaBasis: 'built', price: '3' },
      effectiveFrom: '2026-12-01',
    });
    await givenAssigned(system, fee, { communityId: unit.communityId });
    const before = await draft(unit.communityId, november);
    const after = await draft(unit.communityId, '2026-12-01');
    expect(await billsOf(system, before.runId)).toMatchObject([{ amountFen: 285_00 }]);
    expect(await billsOf(system, after.runId)).toMatchObject([{ amountFen: 270_00 }]);
  });

  test('comes once in half a year for six months, and ends on the leap day', async () => {
    const unit = await givenUnit(system, { community: '丙' });
    const terms = { basis: 'fixed', price: '80', periodMonths: 6, anchorMonth: 9 } as const;
    const fee = await givenFee(system, { terms });
    await givenAssigned(system, fee, { communityId: unit.communityId });
    await expect(draft(unit.communityId)).rejects.toMatchObject({ code: 'RUN_EMPTY' });
    system.clock.set('2027-09-05T02:00:00Z');
    const run = await draft(unit.communityId, '2027-09-01');
    system.clock.set('2026-11-24T02:00:00Z');
    expect(await billsOf(system, run.runId)).toMatchObject([
      { amountFen: 480_00, periodStart: '2027-09-01', periodEnd: '2028-02-29', areaM2: null },
    ]);
  });

  test('rounds each month or the period, as the tariff says', async () => {
    const unit = await givenUnit(system, { community: '丁' });
    const yearly = { basis: 'area', areaBasis: 'built', price: '2.85', periodMonths: 12 } as const;
    const once = await givenFee(system, { terms: { ...yearly, anchorMonth: 11 } });
    const monthly = await givenFee(system, {
      terms: { ...yearly, anchorMonth: 11, roundingPoint: 'month' },
    });
    const filter = { communityId: unit.communityId };
    await givenAssigned(system, once, filter);
    await givenAssigned(system, monthly, filter);
    const bills = await billsOf(system, (await draft(unit.communityId)).runId);
    const amountOf = (feeItemId: string) =>
      bills.find((bill) => bill.feeItemId === feeItemId)?.amountFen;
    expect(amountOf(once.feeItemId)).toBe(3056_45);
    expect(amountOf(monthly.feeItemId)).toBe(3056_40);
  });
});

describe('who gets no bill is told with the reason', () => {
  test('each its own', async () => {
    const place = { community: '戊' };
    const fee = await givenFee(system);
    const zero = await givenFee(system, { terms: { basis: 'fixed', price: '0.001' } });
    const huge = await givenFee(system, { terms: { basis: 'fixed', price: '10000000' } });
    const old = await givenFee(system);
    const named = (doorNo: string, more = {}) => givenUnit(system, { ...place, doorNo, ...more });
    const good = await named('101');
    const noArea = await named('102', { builtM2: null });
    const later = await named('103', { movedInOn: '2026-11-02' });
    const retired = await named('104');
    const free = await named('105');
    const rich = await named('106', { builtM2: '1' });
    const starts = await named('107');
    const ended = await named('108');
    const gone = await named('109');
    const lapsed = await named('110');
    const nobody = await named('111');
    const { companyId } = system;
    const only = (unitId: string) => ({ communityId: good.communityId, unitIds: [unitId] });
    for (const unit of [good, noArea, later, retired]) {
      await givenAssigned(system, fee, only(unit.unitId));
    }
    await givenAssigned(system, zero, only(free.unitId));
    await givenAssigned(system, huge, only(rich.unitId));
    await givenAssigned(system, fee, only(starts.unitId), { fromOn: '2026-11-02' });
    await givenAssigned(system, fee, only(ended.unitId), { toOn: '2026-10-31' });
    await givenAssigned(system, fee, only(gone.unitId), { toOn: '2026-08-31' });
    await givenAssigned(system, old, only(lapsed.unitId));
    await givenTariffEnded(system, old, '2026-10-31');
    await system.deps.db.transaction(companyId, (tx) =>
      tx.run(sql`
        update estate.unit set state = 'retired'
        where company_id = ${companyId} and id = ${retired.unitId}`),
    );
    await system.deps.db.transaction(companyId, (tx) =>
      tx.run(sql`
        update charging.tariff set period_months = 12, anchor_month = 11
        where company_id = ${companyId} and fee_item_id = ${huge.feeItemId}`),
    );

    const run = await draft(good.communityId);
    expect(await skipped(run.runId)).toEqual({
      [noArea.label]: 'no_area',
      [later.label]: 'not_moved_in',
      [retired.label]: 'unit_retired',
      [free.label]: 'zero_amount',
      [rich.label]: 'amount_too_large',
      [starts.label]: 'starts_later',
      [ended.label]: 'ended',
      [lapsed.label]: 'no_tariff',
      [nobody.label]: 'not_assigned',
    });
    expect((await billsOf(system, run.runId)).map((bill) => bill.unitId)).toEqual([good.unitId]);
    expect(await detail(run.runId)).toMatchObject({ billCount: 1, skippedCount: 9 });
  });

  test('a change of tariff on the first is no gap', async () => {
    const unit = await givenUnit(system, { community: '己' });
    const fee = await givenFee(system);
    const filter = { communityId: unit.communityId };
    await givenAssigned(system, fee, filter, { toOn: '2026-10-31' });
    await givenAssigned(system, fee, filter, { fromOn: '2026-11-01' });
    const run = await draft(unit.communityId);
    expect(await skipped(run.runId)).toEqual({});
    expect(await billsOf(system, run.runId)).toHaveLength(1);
  });

  test('a retired fee item is billed no more', async () => {
    const unit = await givenUnit(system, { community: '庚' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: unit.communityId });
    await givenFeeRetired(system, fee);
    await expect(draft(unit.communityId)).rejects.toMatchObject({ code: 'RUN_EMPTY' });
  });
});

describe('before it is published a run shows', () => {
  test('how it compares with the month before, and what stands out', async () => {
    const small = await givenUnit(system, { community: '丑', builtM2: '100' });
    const grown = await givenUnit(system, { community: '丑', builtM2: '50' });
    for (let count = 0; count < 8; count += 1) {
      await givenUnit(system, { community: '丑', builtM2: '100' });
    }
    const giant = await givenUnit(system, { community: '丑', builtM2: '2000' });
    const fee = await givenFee(system);
    await givenAssigned(system, fee, { communityId: small.communityId });
    const october = await draft(small.communityId, '2026-10-01');
    await publish(october.runId);
    await system.deps.jobsDb.global.run(sql`
      update estate.unit_area set built_m2 = 151 where unit_id = ${grown.unitId}`);
    await system.deps.jobsDb.global.run(sql`
      update estate.unit_area set built_m2 = 33 where unit_id = ${small.unitId}`);
    const run = await detail((await draft(small.communityId)).runId);
    expect(run).toMatchObject({
      comparedWithMonth: '2026-10-01',
      totals: [
        {
          feeItemId: fee.feeItemId,
          billCount: 11,
          amountFen: (8 * 100 + 151 + 33 + 2000) * 285,
          previousCount: 11,
          previousAmountFen: (9 * 100 + 50 + 2000) * 285,
        },
      ],
    });
    expect(run.outliers).toMatchObject([
      { kind: 'rise', unitId: grown.unitId, amountFen: 151 * 285, previousAmountFen: 50 * 285 },
      { kind: 'fall', unitId: small.unitId, amountFen: 33 * 285, previousAmountFen: 100 * 285 },
      { kind: 'largest', unitId: giant.unitId, amountFen: 2000 * 285, previousAmountFen: null },
    ]);
  });
});

describe('a run is refused', () => {
  test('for a community of another company or a month far away', async () => {
    const other = await system.addCompany('other');
    const unit = await givenUnit(system, { community: '寅' });
    const { staff: actor } = system;
    const foreign = { companyId: other, communityId: unit.communityId, month: november, actor };
    await expect(draftRun(system.deps, foreign)).rejects.toMatchObject({
      code: 'RUN_COMMUNITY_NOT_FOUND',
    });
    await expect(draft(unit.communityId, '2029-01-01')).rejects.toMatchObject({
      code: 'RUN_MONTH_OUT_OF_RANGE',
    });
  });
});
