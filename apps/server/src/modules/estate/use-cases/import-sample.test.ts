import { readFileSync } from 'node:fs';
import type { ImportDetail } from '@wuye-pay/contract';
import { afterAll, expect, test } from 'vitest';
import { applyImportNow, givenCheckedImport } from '../../../../test/estate-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import type { ImportedFees } from '../imported-fee.ts';
import { showUnits } from './show-units.ts';

const system = await givenSystem();
afterAll(() => system.close());

const sample = (name: string) =>
  readFileSync(new URL(`../../../../test/fixtures/${name}`, import.meta.url));
const units = async (search?: string) =>
  (await showUnits(system.deps, system.companyId, { limit: 50, ...(search && { search }) })).items;
const warnings = ({ firstProblems }: ImportDetail, sheet: string) =>
  firstProblems
    .filter((problem) => problem.sheet === sheet)
    .map(({ row, column }) => [row, column]);

test('a workbook of five sheets is recognised, its explanations left out', async () => {
  const checked = await givenCheckedImport(system, sample('microcommunity-workbook.xlsx'));
  const seen = checked.sheets.map(({ name, kind, headerRow, skippedRows, counts }) => [
    name,
    kind,
    headerRow,
    counts?.rows,
    skippedRows,
  ]);
  expect(seen).toEqual([
    ['楼栋单元', 'buildings', 1, 26, 0],
    ['业主信息', 'owners', 1, 5, 10],
    ['费用设置', 'fees', 1, 2, 16],
    ['房屋信息', 'units', 1, 8, 11],
    ['车位信息', 'parking', 1, 1, 16],
  ]);
  expect(checked.totals).toMatchObject({ communities: 1, buildings: 14, new: 9, bad: 0, fees: 2 });
  expect(checked.sheets[1]?.skipped[0]).toEqual({
    row: 8,
    text: '说明',
    reason: '说明文字，不在数据列中',
  });
  // Owners 6, 7 and 8 are named by homes, and no sheet knows them.
  expect(warnings(checked, '房屋信息')).toEqual([
    [7, 'G'],
    [8, 'G'],
    [9, 'G'],
  ]);
  expect(JSON.stringify(checked.firstProblems)).toContain('业主信息表中没有编号 6');
});

test('the workbook comes in whole: homes, owners, fees and the parking space', async () => {
  const given: ImportedFees[] = [];
  const checked = await givenCheckedImport(system, sample('microcommunity-workbook.xlsx'));
  const applied = await applyImportNow(system, checked.id, {
    applyFees: async (_tx, _deps, input) => {
      given.push(input);
      return { created: { feeItems: 1, tariffs: 2, assignments: input.assignments.length } };
    },
  });
  expect(applied).toMatchObject({ state: 'applied', failure: null, totals: { new: 9 } });
  const found = await units();
  expect(found.map(({ label, kind, builtM2, owners }) => [label, kind, builtM2, owners])).toEqual([
    ['1号停车场 C0001', 'parking', '98.32', []],
    ['1栋1单元1011', 'home', '94.56', [{ nameMasked: '王*明', phoneMasked: null }]],
    ['1栋1单元1012', 'home', '94.56', [{ nameMasked: '张*1', phoneMasked: '139****9991' }]],
    ['1栋1单元1013', 'home', '94.56', [{ nameMasked: '张*2', phoneMasked: '139****9992' }]],
    ['1栋1单元1014', 'home', '94.56', [{ nameMasked: '张*3', phoneMasked: '139****9993' }]],
    ['1栋1单元1021', 'home', '94.56', [{ nameMasked: '张*4', phoneMasked: '139****9994' }]],
    ['1栋1单元1022', 'home', '94.56', []],
    ['1栋1单元1023', 'home', '94.56', []],
    ['1栋1单元1024', 'home', '94.56', []],
  ]);
  expect(given).toHaveLength(1);
  expect(given[0]?.fees).toEqual([
    {
      no: '1',
      type: '物业费',
      name: '测试收费1',
      cycleMonths: 6,
      startsOn: '2020-06-10',
      endsOn: '2037-01-01',
      formula: 'area',
      price: '1.3',
      surcharge: '20',
    },
    expect.objectContaining({ no: '2', cycleMonths: 3, price: '1' }),
  ]);
  const home = found.find(({ doorNo }) => doorNo === '1011')?.id;
  expect(given[0]?.assignments.filter(({ unitId }) => unitId === home)).toEqual([
    { unitId: home, feeNo: '1', fromOn: '2020-06-10' },
    { unitId: home, feeNo: '2', fromOn: '2020-07-10' },
  ]);
  expect(given[0]?.assignments).toHaveLength(11);
});

test('the same workbook once more changes nothing', async () => {
  const again = await givenCheckedImport(system, sample('microcommunity-workbook.xlsx'));
  expect(again.totals).toMatchObject({
    communities: 0,
    buildings: 0,
    new: 0,
    changed: 0,
    unchanged: 9,
  });
  expect(again.sameAs).toMatchObject({ appliedAt: expect.any(String) });
  const applied = await applyImportNow(system, again.id);
  expect(applied.totals).toMatchObject({ new: 0, changed: 0, unchanged: 9 });
  expect(await units()).toHaveLength(9);
});

test('a sheet with one row a home and its owner comes in', async () => {
  const bytes = sample('microcommunity-rooms.xlsx');
  const checked = await givenCheckedImport(system, bytes, { community: '东方家园' });
  expect(checked.totals).toMatchObject({ new: 1, bad: 0 });
  expect(checked.sheets[0]).toMatchObject({ kind: 'units', skippedRows: 17 });
  await applyImportNow(system, checked.id);
  expect(await units('1栋1单元1001')).toMatchObject([
    {
      communityName: '东方家园',
      floor: '1',
      kind: 'home',
      builtM2: '94.56',
      owners: [{ nameMasked: '王*明', phoneMasked: '139****1443' }],
    },
  ]);
});
