import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenAssigned, givenFee } from '../../../test/charging-builders.ts';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { sql } from '../../platform/database/index.ts';
import type { GivenTerms } from './domain/tariff.ts';
import { listAssignments, previewAssignment } from './queries/assignments.ts';
import { listFeeItems } from './queries/fee-items.ts';
import { listTariffs } from './queries/tariffs.ts';
import { addTariff } from './use-cases/add-tariff.ts';
import { assignTariff } from './use-cases/assign-tariff.ts';
import { changeFeeItem } from './use-cases/change-fee-item.ts';
import { createFeeItem } from './use-cases/create-fee-item.ts';
import { endAssignment } from './use-cases/end-assignment.ts';
import { endTariff } from './use-cases/end-tariff.ts';
import { previewTariff } from './use-cases/preview-tariff.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());

const byArea: GivenTerms = { basis: 'area', areaBasis: 'built', price: '2.85' };
const who = () => ({ companyId: system.companyId, actor: system.staff });

function add(feeItemId: string, price: string, effectiveFrom: string) {
  const terms = { ...byArea, price };
  return addTariff(system.deps, { ...who(), feeItemId, name: '标准', terms, effectiveFrom });
}

async function versions(feeItemId: string) {
  return (await listTariffs(system.deps, { companyId: system.companyId, feeItemId })).items;
}

describe('a fee item', () => {
  test('has a name of its own', async () => {
    await createFeeItem(system.deps, { ...who(), name: '电梯费' });
    await expect(createFeeItem(system.deps, { ...who(), name: ' 电梯费 ' })).rejects.toMatchObject({
      code: 'FEE_ITEM_NAME_TAKEN',
      problems: [{ field: 'name' }],
    });
    const other = await createFeeItem(system.deps, { ...who(), name: '水费' });
    await expect(
      changeFeeItem(system.deps, { ...who(), feeItemId: other, name: '电梯费' }),
    ).rejects.toMatchObject({ code: 'FEE_ITEM_NAME_TAKEN' });
  });

  test('that is retired gets no new tariff and no new units', async () => {
    const unit = await givenUnit(system, { community: '停用' });
    const fee = await givenFee(system);
    await changeFeeItem(system.deps, { ...who(), feeItemId: fee.feeItemId, state: 'retired' });
    await expect(add(fee.feeItemId, '3', '2027-01-01')).rejects.toMatchObject({
      code: 'FEE_ITEM_RETIRED',
    });
    await expect(
      givenAssigned(system, fee, { communityId: unit.communityId }),
    ).rejects.toMatchObject({ code: 'FEE_ITEM_RETIRED' });
    const retired = await listFeeItems(system.deps, {
      companyId: system.companyId,
      state: 'retired',
    });
    expect(retired.items.map((item) => item.id)).toContain(fee.feeItemId);
  });
});

describe('a tariff is followed by versions and never edited', () => {
  test('the old version holds until the day before the new one', async () => {
    const fee = await givenFee(system);
    await add(fee.feeItemId, '3.00', '2026-12-01');
    expect(await versions(fee.feeItemId)).toMatchObject([
      {
        version: 1,
        price: '2.85',
        effectiveTo: '2026-11-30',
        isLatest: false,
        formula: { zh: '建筑面积 × 2.85 元/㎡·月，每 1 个月一期，四舍五入到分' },
      },
      { version: 2, price: '3', effectiveFrom: '2026-12-01', effectiveTo: null, isLatest: true },
    ]);
  });

  test('the same version sent again, also ten times at once, is one version', async () => {
    const fee = await givenFee(system);
    const ids = await Promise.all(
      Array.from({ length: 10 }, () => add(fee.feeItemId, '3.10', '2026-12-01')),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await versions(fee.feeItemId)).toHaveLength(2);
  });

  test('a version before the last one is refused with the day', async () => {
    const fee = await givenFee(system);
    await add(fee.feeItemId, '3', '2026-12-01');
    await expect(add(fee.feeItemId, '4', '2026-11-30')).rejects.toMatchObject({
      code: 'TARIFF_INVALID',
      problems: [{ field: 'effectiveFrom', reason: expect.stringContaining('2026-12-01') }],
    });
  });

  test('only the newest version can be ended, and not before it begins', async () => {
    const fee = await givenFee(system);
    const second = await add(fee.feeItemId, '3', '2026-12-01');
    const [first] = await versions(fee.feeItemId);
    const end = (tariffId: string, effectiveTo: string) =>
      endTariff(system.deps, { ...who(), tariffId, effectiveTo });
    await expect(end(first?.id ?? '', '2026-12-31')).rejects.toMatchObject({
      code: 'TARIFF_FOLLOWED',
    });
    await expect(end(second, '2026-11-30')).rejects.toMatchObject({ code: 'TARIFF_INVALID' });
    await end(second, '2026-12-31');
    expect(await versions(fee.feeItemId)).toMatchObject([{}, { effectiveTo: '2026-12-31' }]);
  });

  test.each([
    [{ basis: 'area', price: '2.85' }, 'areaBasis'],
    [{ basis: 'fixed', areaBasis: 'built', price: '2.85' }, 'areaBasis'],
    [{ basis: 'fixed', price: '0' }, 'price'],
    [{ basis: 'fixed', price: '10000000.01' }, 'price'],
    [{ basis: 'fixed', price: '1', surcharge: '99999999' }, 'surcharge'],
  ] as const)('F41: %j is refused at %s', async (terms, field) => {
    const fee = await givenFee(system);
    const tariff = { ...who(), feeItemId: fee.feeItemId, name: '错', effectiveFrom: '2026-01-01' };
    await expect(addTariff(system.deps, { ...tariff, terms })).rejects.toMatchObject({
      code: 'TARIFF_INVALID',
      problems: [{ field }],
    });
  });
});

describe('an example explains a tariff before it is saved', () => {
  test('with the next period and its due day', () => {
    const terms = { ...byArea, periodMonths: 6, anchorMonth: 1, dueDay: 10 };
    expect(previewTariff({ terms, areaM2: '89.37', month: '2026-11-01' })).toEqual({
      amountFen: 1528_23,
      explanation: {
        zh: '89.37 ㎡ × 2.85 元/㎡·月 × 6 个月 = 1528.23 元（四舍五入到分）',
        en: '89.37 m² × 2.85 × 6 months = 1528.23, half up',
      },
      periodStart: '2027-01-01',
      periodEnd: '2027-06-30',
      dueOn: '2027-01-10',
    });
  });
  test('an area is asked for where the tariff uses one', () => {
    expect(() => previewTariff({ terms: byArea, month: '2026-11-01' })).toThrow(/TARIFF_INVALID/);
  });
});

describe('assigning by filter', () => {
  test('tells how many, who pays already, and who lacks an area; then does the same', async () => {
    const place = { community: '分配苑' };
    const first = await givenUnit(system, { ...place, building: '1' });
    await givenUnit(system, { ...place, building: '1', builtM2: null });
    const shop = await givenUnit(system, { ...place, building: '2', kind: 'shop' });
    const fee = await givenFee(system);
    const { communityId } = first;
    await givenAssigned(system, fee, { communityId, kinds: ['shop'] });
    const assigning = {
      filter: { communityId },
      feeItemId: fee.feeItemId,
      tariffName: fee.tariffName,
      fromOn: '2026-01-01',
      toOn: null,
    };
    const preview = await previewAssignment(system.deps, system.companyId, assigning);
    expect(preview).toMatchObject({
      matched: 3,
      toAssign: 2,
      already: 1,
      withoutArea: 1,
      alreadyExamples: [{ unitId: shop.unitId }],
    });
    const assign = () => assignTariff(system.deps, { ...who(), ...assigning });
    expect(await assign()).toEqual({ assigned: 2, already: 1 });
    expect(await assign()).toEqual({ assigned: 0, already: 3 });
  });

  test('eight times at once assigns each unit once', async () => {
    const unit = await givenUnit(system, { community: '并发苑' });
    const fee = await givenFee(system);
    const { communityId } = unit;
    await Promise.all(Array.from({ length: 8 }, () => givenAssigned(system, fee, { communityId })));
    const { companyId } = system;
    const found = await listAssignments(system.deps, { companyId, unitId: unit.unitId });
    expect(found.items).toHaveLength(1);
  });

  test('by buildings and kinds, and says when nothing matches', async () => {
    const home = await givenUnit(system, { community: '筛选苑', building: '1' });
    await givenUnit(system, { community: '筛选苑', building: '1', kind: 'parking' });
    await givenUnit(system, { community: '筛选苑', building: '2' });
    const fee = await givenFee(system);
    const { communityId, buildingId } = home;
    await givenAssigned(system, fee, { communityId, buildingIds: [buildingId], kinds: ['home'] });
    const { companyId } = system;
    const found = await listAssignments(system.deps, { companyId, feeItemId: fee.feeItemId });
    expect(found.items.map((item) => item.unitId)).toEqual([home.unitId]);
    await expect(
      givenAssigned(system, fee, { communityId, kinds: ['storage'] }),
    ).rejects.toMatchObject({ code: 'ASSIGNMENT_NO_UNITS' });
  });

  test('ends on a day; a day before its first withdraws it', async () => {
    const unit = await givenUnit(system, { community: '结束苑' });
    const fee = await givenFee(system);
    const { companyId } = system;
    const { communityId } = unit;
    await givenAssigned(system, fee, { communityId });
    const [first] = (await listAssignments(system.deps, { companyId, communityId })).items;
    const end = (assignmentId: string, toOn: string) =>
      endAssignment(system.deps, { ...who(), assignmentId, toOn });
    await end(first?.id ?? '', '2026-10-31');
    await givenAssigned(system, fee, { communityId }, { fromOn: '2026-11-01' });
    const both = (await listAssignments(system.deps, { companyId, communityId })).items;
    expect(both.map(({ fromOn, toOn }) => `${fromOn} – ${toOn}`).sort()).toEqual([
      '2020-01-01 – 2026-10-31',
      '2026-11-01 – null',
    ]);
    await end(both.find((item) => item.toOn === null)?.id ?? '', '2026-10-31');
    expect((await listAssignments(system.deps, { companyId, communityId })).items).toHaveLength(1);
  });

  test('another company cannot assign or see it', async () => {
    const unit = await givenUnit(system, { community: '隔离苑' });
    const fee = await givenFee(system);
    const other = await system.addCompany('other');
    await expect(
      givenAssigned(system, fee, { communityId: unit.communityId }, { companyId: other }),
    ).rejects.toMatchObject({ code: 'FEE_ITEM_NOT_FOUND' });
    expect((await listFeeItems(system.deps, { companyId: other })).items).toEqual([]);
  });
});

test('every write leaves an audit entry', async () => {
  const actions = await system.deps.jobsDb.global.many(sql<{ action: string }>`
    select distinct action from platform.audit_entry order by action`);
  expect(actions.map((row) => row.action)).toEqual(
    [
      'charging.add_tariff',
      'charging.assign_tariff',
      'charging.change_fee_item',
      'charging.create_fee_item',
      'charging.end_assignment',
      'charging.end_tariff',
      'charging.withdraw_assignment',
    ].sort(),
  );
});
