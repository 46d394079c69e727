import type { ImportDetail } from '@wuye-pay/contract';
import iconv from 'iconv-lite';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { applyImportNow, givenCheckedImport } from '../../../../test/estate-builders.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { houseWorkbook, rawWorkbook } from '../../../../test/workbook-builders.ts';
import type { CellToWrite } from '../../../platform/files/index.ts';
import { correctMapping } from './manage-import.ts';
import { runDueImports } from './run-due-imports.ts';
import { showImport } from './show-imports.ts';
import { showUnit, showUnits } from './show-units.ts';

const system = await givenSystem();
afterAll(() => system.close());

let communities = 0;
let community = '';
beforeEach(() => {
  communities += 1;
  community = `第${communities}小区`;
});

const header = [
  '楼栋',
  '单元',
  '房号',
  '楼层',
  '类型',
  '建筑面积',
  '业主',
  '电话',
  '身份证',
  '交房日期',
];
type Row = readonly CellToWrite[];
const check = (rows: readonly Row[]) =>
  givenCheckedImport(system, houseWorkbook([header, ...rows]), { community });
const importNow = async (rows: readonly Row[]) => {
  const checked = await check(rows);
  return await applyImportNow(system, checked.id);
};
const textCell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const errors = ({ firstProblems }: ImportDetail) =>
  firstProblems.filter(({ severity }) => severity === 'error');
async function houses() {
  const { items } = await showUnits(system.deps, system.companyId, { limit: 200 });
  return items.filter(({ communityName }) => communityName === community);
}
async function house(label: string) {
  const id = (await houses()).find((each) => each.label === label)?.id ?? '';
  return await showUnit(system.deps, system.companyId, id);
}

const home: Row = [
  '1',
  '2',
  '301',
  '3',
  '住宅',
  '89.37',
  '王小明',
  '13912340001',
  '110101199003070070',
  '2020-06-10',
];
const but = (changes: Readonly<Record<number, CellToWrite>>): Row =>
  home.map((cell, index) => changes[index] ?? cell);

test('full-width digits, blanks and words like 栋 and 室 do not make other houses', async () => {
  await importNow([home]);
  const again = await check([but({ 0: '１栋', 1: '２单元', 2: ' ３０１室', 5: '８９.３７㎡' })]);
  expect(again.totals).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
});

test.each([
  ['a missing door number', but({ 2: '' }), 'C', '房号没有填写'],
  ['an area that is none', but({ 5: '九十' }), 'F', '面积应为'],
  ['a day that is none', but({ 9: '2020-02-30' }), 'J', '不是有效的日期'],
  ['a phone with a digit too few', but({ 7: '1391234000' }), 'H', '电话号码不对'],
  ['an id number with a digit too few', but({ 8: '11010119900307007' }), 'I', '身份证号应为'],
  ['a kind nobody knows', but({ 4: '宫殿' }), 'E', '不认识的房屋类型'],
  ['a phone without a name', but({ 6: '' }), 'G', '没有姓名'],
])('%s is reported with row, column, reason and advice', async (_name, row, column, reason) => {
  const checked = await check([home.map((cell) => (cell === '301' ? '302' : cell)), row]);
  expect(checked.totals.bad).toBe(1);
  expect(errors(checked)).toMatchObject([
    { sheet: '房屋', row: 3, column, reason: expect.stringContaining(reason) },
  ]);
  expect(errors(checked)[0]?.advice).toMatch(/[\u4e00-\u9fff]/);
  expect(checked.allowedActions).not.toContain('apply');
  await expect(applyImportNow(system, checked.id)).rejects.toThrow('IMPORT_NOT_READY');
  expect(await houses()).toEqual([]);
});

test('two rows of one door are an error that names both', async () => {
  const checked = await check([home, but({ 2: '302' }), but({ 6: '李四' })]);
  expect(errors(checked)).toMatchObject([
    { row: 4, column: 'C', reason: '1栋2单元301 重复：第 4 行与第 2 行是同一房屋' },
  ]);
});

test('an id number that was stored as a number is refused, never stored damaged', async () => {
  const rows = `<row r="1">${header.map(textCell).join('')}</row>
    <row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>301</v></c>
    <c r="G2" t="inlineStr"><is><t>王小明</t></is></c><c r="H2"><v>1.3912340001E10</v></c>
    <c r="I2"><v>110101199003070000</v></c></row>`;
  const checked = await givenCheckedImport(system, rawWorkbook({ rows }), { community });
  expect(errors(checked)).toMatchObject([
    {
      row: 2,
      column: 'I',
      reason: '单元格 I2 的身份证号被存成了数字，表格软件只保留前 15 位，末尾几位已经丢失',
    },
  ]);
  expect(JSON.stringify(checked)).not.toContain('1101011990');
});

test('a formula counts by its saved value, and is named when it has none', async () => {
  const rows = `<row r="1">${['楼栋', '房号', '建筑面积'].map(textCell).join('')}</row>
    <row r="2"><c><v>1</v></c><c><f>300+1</f><v>301</v></c><c><f>A2*80</f></c></row>`;
  const checked = await givenCheckedImport(system, rawWorkbook({ rows }), { community });
  expect(errors(checked)).toMatchObject([
    { row: 2, column: 'C', reason: '单元格 C2 是公式，但文件中没有保存它的计算结果' },
  ]);
});

test('rows inside merged cells are named, and nothing is guessed', async () => {
  const text = (place: string, value: string) =>
    `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const rows = `<row r="1">${text('A1', '楼栋')}${text('B1', '房号')}${text('C1', '业主')}</row>
    <row r="2">${text('A2', '1')}${text('B2', '101')}${text('C2', '王小明')}</row>
    <row r="3"><c r="A3"/>${text('B3', '102')}</row>`;
  const after =
    '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C3"/><mergeCell ref="A9:C9"/></mergeCells>';
  const checked = await givenCheckedImport(system, rawWorkbook({ rows, after }), { community });
  expect(errors(checked).map(({ row, column, reason }) => [row, column, reason])).toEqual(
    expect.arrayContaining([
      [3, 'A', '单元格 A3 属于合并单元格 A2:A3，只有 A2 有内容'],
      [3, 'C', '单元格 C3 属于合并单元格 C2:C3，只有 C2 有内容'],
    ]),
  );
  expect(checked.totals.bad).toBe(1);
});

test('titles, notes and totals around the table are left out and listed', async () => {
  const bytes = houseWorkbook([
    ['晨光花园房屋明细表'],
    ['制表：李会计'],
    [],
    ['序号', '楼号', '房间', '建筑面积(㎡)', '户主'],
    ['', '', '必填', '', ''],
    ['1', '1', '101', '80', '王小明'],
    ['', '楼号', '房间', '建筑面积(㎡)', '户主'],
    ['2', '1', '102', '81', '李四'],
    ['合计', '', '', '161', ''],
    ['说明：面积以房产证为准'],
  ]);
  const checked = await givenCheckedImport(system, bytes, { community });
  expect(checked.totals).toMatchObject({ new: 2, bad: 0 });
  expect(checked.sheets[0]?.skipped.map(({ row, reason }) => [row, reason])).toEqual([
    [5, '填写提示'],
    [7, '重复的表头'],
    [9, '合计行'],
    [10, '说明文字，不在数据列中'],
  ]);
});

test('a whole address in one cell, entrance 0 and numbers like 0101 are understood', async () => {
  const bytes = houseWorkbook([
    ['房屋地址', '面积'],
    ['1栋2单元301', '80'],
    ['10-1-201', '81'],
    ['2号楼501室', '82'],
  ]);
  const first = await givenCheckedImport(system, bytes, { community });
  await applyImportNow(system, first.id);
  await importNow([but({ 0: '3', 1: '0', 2: 'S01', 4: '' })]);
  expect((await houses()).map(({ label, kind }) => [label, kind])).toEqual([
    ['1栋2单元301', 'home'],
    ['2号楼501', 'home'],
    ['3栋S01', 'shop'],
    ['10栋1单元201', 'home'],
  ]);
});

test('a row for each member of a household makes one home with all of them', async () => {
  const bytes = houseWorkbook([
    ['楼号', '单元', '房间', '建筑面积', '业主名称', '手机号', '业主类型'],
    ['1', '1', '101', '80', '王小明', '13912340001', '1001'],
    ['1', '1', '101', '80', '李小红', '13912340002', '家庭成员'],
    ['1', '1', '101', '80', '张租客', '13912340003', '1003'],
    ['1', '1', '101', '80', '来访者', '13912340004', '1004'],
  ]);
  const checked = await givenCheckedImport(system, bytes, { community });
  expect(checked.totals).toMatchObject({ new: 1, bad: 0 });
  await applyImportNow(system, checked.id);
  const { people } = await house('1栋1单元101');
  expect(people.map(({ role, nameMasked }) => [role, nameMasked])).toEqual(
    expect.arrayContaining([
      ['owner', '王*明'],
      ['family', '李*红'],
      ['tenant', '张*客'],
    ]),
  );
  expect(people).toHaveLength(3);
  const again = await givenCheckedImport(system, bytes, { community });
  expect(again.totals).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
});

test('a changed row changes its home: the old area and owner stay in the past', async () => {
  await importNow([home]);
  const changed = await importNow([but({ 5: '90.5', 6: '赵新主', 7: '13912340009', 8: '' })]);
  expect(changed.totals).toMatchObject({ new: 0, changed: 1 });
  const { areas, people, owners } = await house('1栋2单元301');
  expect(areas.map(({ effectiveOn, builtM2 }) => [effectiveOn, builtM2])).toEqual([
    ['2026-11-24', '90.5'],
    [null, '89.37'],
  ]);
  expect(people.map(({ nameMasked, toOn }) => [nameMasked, toOn])).toEqual(
    expect.arrayContaining([
      ['赵*主', null],
      ['王*明', '2026-11-24'],
    ]),
  );
  expect(owners.map(({ nameMasked }) => nameMasked)).toContain('赵*主');
  const third = await check([but({ 5: '90.5', 6: '赵新主', 7: '13912340009', 8: '' })]);
  expect(third.totals).toMatchObject({ changed: 0, unchanged: 1 });
});

test('an empty cell takes nothing away', async () => {
  await importNow([home]);
  const again = await check([but({ 3: '', 4: '', 5: '', 6: '', 7: '', 8: '', 9: '' })]);
  expect(again.totals).toMatchObject({ changed: 0, unchanged: 1 });
});

test('one owner of two homes is one person', async () => {
  await importNow([home, but({ 2: '302' })]);
  const [first, second] = [await house('1栋2单元301'), await house('1栋2单元302')];
  expect(first.people[0]?.personId).toBe(second.people[0]?.personId);
});

test('a file without any known header is explained, and a mapping makes it readable', async () => {
  const bytes = houseWorkbook([
    ['甲', '乙', '丙'],
    ['1', '101', '80'],
  ]);
  const checked = await givenCheckedImport(system, bytes, { community });
  expect(checked.sheets[0]).toMatchObject({ kind: 'ignore', headerRow: null });
  expect(errors(checked)[0]?.reason).toContain('没有认出房屋表');
  await correctMapping(system.deps, {
    actor: system.staff,
    importId: checked.id,
    sheets: [
      {
        name: '房屋',
        kind: 'units',
        headerRow: 1,
        columns: [
          { column: 'A', field: 'building' },
          { column: 'B', field: 'doorNo' },
          { column: 'C', field: 'builtArea' },
        ],
      },
    ],
  });
  await runDueImports(system.deps);
  const mapped = await showImport(system.deps, system.companyId, checked.id);
  expect(mapped.totals).toMatchObject({ new: 1, bad: 0 });
  await applyImportNow(system, checked.id);
  expect(await houses()).toMatchObject([{ label: '1栋101', builtM2: '80' }]);
});

test('a CSV in GBK comes in like a workbook', async () => {
  const bytes = iconv.encode('楼栋,单元,房号,业主\r\n1,1,101,王小明\r\n', 'gbk');
  const checked = await givenCheckedImport(system, bytes, { community, fileName: '房屋.csv' });
  await applyImportNow(system, checked.id);
  expect(await houses()).toMatchObject([
    { label: '1栋1单元101', owners: [{ nameMasked: '王*明' }] },
  ]);
});

test('a zip bomb stops the import with a sentence, and nothing else', async () => {
  const bomb = rawWorkbook({
    rows: '',
    parts: { 'xl/sharedStrings.xml': [new Uint8Array(201 * 1024 * 1024), { level: 9 }] },
  });
  const checked = await givenCheckedImport(system, bomb, { community });
  expect(checked).toMatchObject({
    state: 'unreadable',
    failure: { code: 'FILE_UNPACKS_TOO_LARGE', message: expect.stringContaining('200 MB') },
  });
  expect(checked.allowedActions).toEqual(['delete']);
});
