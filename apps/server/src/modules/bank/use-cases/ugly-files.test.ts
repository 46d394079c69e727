import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type BankWorld,
  bankWorld,
  checked,
  debitOf,
  entriesOf,
  imported,
  statementOf,
} from '../../../../test/bank-builders.ts';
import { givenSystem, type TestSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { writeWorkbook } from '../../../platform/files/index.ts';
import { layoutPresets } from '../domain/statement/presets.ts';
import { changeImportLayout } from './manage-import.ts';
import { runDueImports } from './run-due-imports.ts';
import { showImport } from './show-imports.ts';

let system: TestSystem;
let world: BankWorld;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(async () => await system.close());
beforeEach(async () => {
  world = await bankWorld(await paymentWorld(system));
});

const bank = () => debitOf(world, `bank:${world.bankAccountId}`);
const [twoColumns, direction] = layoutPresets;

describe('a file as banks and people make it', () => {
  test('in GBK, below a title, with totals and an empty line', async () => {
    const text = [
      '账户明细查询',
      '户名：晨光物业服务有限公司,账号：11002233445566778',
      statementOf([{ credit: '1,234.50' }, { debit: '34.50' }]).toString(),
      '',
      '合计,34.50,"1,234.50",,,,,,',
      '打印时间：2026-11-21,,,,,,,,',
    ].join('\r\n');
    const done = await imported(world, iconv.encode(text, 'gbk'));
    expect(done.state).toBe('applied');
    expect(done.totals).toMatchObject({ rows: 2, bad: 0 });
    expect(await bank()).toBe(1234_50);
  });

  test('in UTF-8 with a mark, newest first, dates of several spellings', async () => {
    const lines = [
      { day: '20261122', credit: '30', balance: '1060.00' },
      { day: '2026/11/21', credit: '20', balance: '1030.00' },
      { day: '2026年11月20日', credit: '10', balance: '1010.00' },
    ];
    const bytes = Buffer.concat([Buffer.from('\ufeff'), statementOf(lines)]);
    const done = await imported(world, bytes);
    expect(done.balances[0]).toMatchObject({ isBalanced: true });
    expect(done).toMatchObject({ firstOn: '2026-11-20', lastOn: '2026-11-22' });
    expect(await bank()).toBe(60_00);
  });

  test('with one amount and a word for its direction, in a workbook', async () => {
    const headings = direction?.content.columns.map(({ header }) => header) ?? [];
    const rows = [
      ['网上银行明细', null],
      headings,
      [
        '2026-11-20',
        '贷',
        '500.00',
        '1500.00',
        '张三',
        '6222020200012345678',
        '工行',
        '物业费',
        'F1',
      ],
      ['2026-11-20', '借', '100.00', '1400.00', '电力公司', '3300', '建行', '电费', 'F2'],
    ];
    const bytes = Buffer.from(writeWorkbook([{ name: '明细', rows }]));
    const done = await imported(world, bytes, { fileName: '明细.xlsx' });
    expect(done.layout?.name).toBe(direction?.name);
    expect(done.totals).toMatchObject({ credits: { count: 1 }, debits: { count: 1 } });
    expect(await bank()).toBe(500_00);
  });

  test('a heading over two rows is read once mapped, and recognised next time', async () => {
    const rows = [
      ['日期', '发生额', null, '余额', '对方'],
      [null, '收入', '支出', null, '户名'],
      ['2026-11-20', '88.00', null, '1088.00', '王五'],
    ];
    const bytes = Buffer.from(writeWorkbook([{ name: '流水', rows }]));
    const found = await checked(world, bytes, { fileName: '流水.xlsx' });
    expect(found.allowedActions).not.toContain('apply');
    expect(found.preview.rows[0]?.cells).toContain('发生额');
    const content = {
      ...(twoColumns?.content ?? raise()),
      headerRows: 2,
      columns: [
        { field: 'bookedOn', header: '日期' },
        { field: 'credit', header: '发生额/收入' },
        { field: 'debit', header: '发生额/支出' },
        { field: 'balance', header: '余额' },
        { field: 'counterpartyName', header: '对方/户名' },
      ] as const,
    };
    const input = { actor: world.staff, bankImportId: found.id, saveAs: '城商行' };
    await changeImportLayout(world.deps, {
      ...input,
      content: { ...content, columns: [...content.columns] },
    });
    await runDueImports(world.deps);
    const again = await showImport(world.deps, world.companyId, found.id);
    expect(again.totals).toMatchObject({ rows: 1, bad: 0 });
    const next = await checked(world, bytes, { fileName: '下月.xlsx' });
    expect(next.layout?.name).toBe('城商行');
    expect(next.allowedActions).toContain('apply');
  });

  test('negative amounts in brackets take back, and are no payment', async () => {
    const done = await imported(world, statementOf([{ debit: '(50.00)', balance: '1050.00' }]));
    expect(done.state).toBe('applied');
    expect(await entriesOf(world)).toMatchObject([
      { state: 'not-payment', isReversal: true, amountFen: 50_00 },
    ]);
  });

  test('a rounded account of a payer is a warning, a rounded number an error', async () => {
    const warned = await checked(world, statementOf([{ credit: '10', account: '6.22202E+18' }]));
    expect(warned.totals).toMatchObject({ bad: 0, warnings: 1 });
    const refused = await checked(world, statementOf([{ credit: '10', no: '1.2345E+20' }]));
    expect(refused.totals).toMatchObject({ bad: 1 });
    expect(refused.firstProblems[0]?.reason).toContain('科学计数法');
  });
});

describe('is refused whole', () => {
  test('when a column is missing, and shows the rows for whoever maps them', async () => {
    const text = statementOf([{ credit: '10' }])
      .toString()
      .replace('贷方发生额', '别的');
    const found = await checked(world, Buffer.from(text));
    expect(found.totals).toMatchObject({ bad: 1, rows: 0 });
    expect(found.firstProblems[0]?.advice).toContain('列的对应');
  });

  test('when a balance does not follow, naming the row and what it should be', async () => {
    const lines = [{ credit: '10' }, { credit: '20', balance: '2000.00' }, { credit: '5' }];
    const found = await checked(world, statementOf(lines));
    expect(found.firstProblems).toMatchObject([{ row: 3, header: '余额' }]);
    expect(found.firstProblems[0]?.reason).toContain('1030.00');
    expect(found.allowedActions).not.toContain('apply');
  });

  test.each([
    ['both columns filled', { credit: '10', debit: '5' }, '收入和支出两列都有金额'],
    ['a day that is none', { day: '2026-02-30', credit: '10' }, '不是日期'],
    ['a day that may be two', { day: '03/04/2026', credit: '10' }, '分不清日和月'],
    ['parts of a fen', { credit: '10.005' }, '不是金额'],
  ])('with %s', async (_what, line, reason) => {
    const found = await checked(world, statementOf([{ balance: '', ...line }]));
    expect(found.firstProblems[0]?.reason).toContain(reason);
  });
});

function raise(): never {
  throw new Error('there is no such example');
}
