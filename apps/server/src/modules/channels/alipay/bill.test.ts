import { describe, expect, test } from 'vitest';
import vector from '../../../../test/vectors/alipay-bill.json' with { type: 'json' };
import { checkSummary, readFundBill, readTradeBill } from './bill.ts';

const expected = { mchId: '2088000000000001', day: '2025-12-31' };
const [detail = '', summary = ''] = vector.entries.map(({ textUtf8 }) => textUtf8);

describe('a trade bill is believed as a whole or not at all', () => {
  test.each([
    ['an amount off by a fen', '1280.50,1280.50', '1280.51,1280.51'],
    ['a total off by a fen', '商家实收共1280.50元', '商家实收共1280.51元'],
    ['a count off by one', '交易合计：1笔', '交易合计：2笔'],
    ['refunds that do not add up', '退款共-280.50元', '退款共-280.00元'],
    ['a kind that nobody knows', '退款\t', '冲正\t'],
    ['a payment below nothing', '*三(138****0000),1280.50', '*三(138****0000),-1280.50'],
    ['a refund above nothing', '*三(138****0000),-280.50', '*三(138****0000),280.50'],
    ['an amount that is none', '*三(138****0000),1280.50', '*三(138****0000),1280.505'],
    ['a fee that is none', ',-7.68,', ',-,'],
    ['a value more', 'bill=41', 'bill=41,42'],
    ['no totals', /#交易合计[^\r]*\r\n/, ''],
    ['an end that is missing', /#-+业务明细列表结束-+\r\n/, ''],
    ['no header', /\r\n支付宝交易号[\s\S]*bill=41\r\n/, '\r\n'],
    ['a column under another name', '完成时间', '结束时间'],
    ['no account', '#账号', '#账户'],
    ['no day', '#起始日期', '#开始日期'],
  ] as const)('%s', (_name, from, to) => {
    const changed = detail.replace(from, to);
    expect(changed).not.toBe(detail);
    expect(() => readTradeBill(changed, expected)).toThrow();
  });

  test('whatever the ends of its lines', () => {
    expect(readTradeBill(detail.replaceAll('\r\n', '\n'), expected)).toHaveLength(2);
  });

  test('commas in a quoted subject are part of it', () => {
    const quoted = detail.replace('物业费 3号楼2单元501', '"物业费, ""3号楼"""');
    expect(readTradeBill(quoted, expected)).toHaveLength(2);
    const bare = detail.replace('物业费 3号楼2单元501', '物业费, 3号楼');
    expect(() => readTradeBill(bare, expected)).toThrow(/26 values/);
  });

  test.each([
    ['remark', `#${'-'.repeat(40_000)}列表结束x`],
    ['row', '",'.repeat(150_000)],
  ])('a %s without end is refused at once, not puzzled over', (_name, line) => {
    const bomb = detail.replace('#交易合计', `${line}\r\n#交易合计`);
    const startedMs = performance.now();
    expect(() => readTradeBill(bomb, expected)).toThrow();
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  test('the row that is wrong is named', () => {
    const wrong = detail.replace(',-280.50,-280.50,', ',x,-280.50,');
    expect(() => readTradeBill(wrong, expected)).toThrow(expect.objectContaining({ row: 2 }));
  });
});

describe('a bill agrees with its summary', () => {
  const lines = readTradeBill(detail, expected);

  test('as it came', () => {
    expect(() => checkSummary(summary, lines, expected)).not.toThrow();
  });

  test.each([
    ['payments', '合计,,1,1', '合计,,2,1'],
    ['refunds', '合计,,1,1', '合计,,1,0'],
    ['amount', '1,1,1000.00', '1,1,1000.01'],
    ['fees', ',-6.00,', ',-6.01,'],
    ['no line of totals', '合计,', '总计,'],
  ])('another number of %s is noticed', (_name, from, to) => {
    expect(() => checkSummary(summary.replace(from, to), lines, expected)).toThrow();
  });
});

describe('a fund bill', () => {
  const columns =
    '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';
  const rows = [
    '1\t,T1\t,PF1\t,物业费,2025-12-31 09:00:10,*三,1280.50,,1280.50,支付宝,在线支付,',
    '2\t,T1\t,PF1\t,服务费,2025-12-31 09:00:10,,,-7.68,1272.82,支付宝,收费,',
    '3\t,T1\t,PF1\t,物业费,2025-12-31 10:00:01,*三,0.00,-280.50,992.32,支付宝,交易退款,',
    '4\t,T1\t,PF1\t,服务费,2025-12-31 10:00:01,,+1.68,0,994.00,支付宝,退费,',
    '5\t,T2\t,\t,提现,2025-12-31 11:00:01,,,-900.00,94.00,支付宝,提现,',
  ];
  const text = [
    '#支付宝账务明细查询',
    '#账号：[20880000000000010156]',
    '#起始日期：[2025年12月31日 00:00:00]   终止日期：[2026年01月01日 00:00:00]',
    '#----账务明细列表----',
    columns,
    ...rows,
    '#----账务明细列表结束----',
    '#支出合计：3笔，共-1188.18元',
    '#收入合计：2笔，共1282.18元',
    '#导出时间：[2026年01月01日 06:27:10]',
  ].join('\r\n');

  test('names payments and refunds, and leaves the rest as it is', () => {
    const lines = readFundBill(text, expected);
    expect(lines.map(({ kind, amountFen, state }) => [kind, amountFen, state])).toEqual([
      ['payment', 1280_50, '在线支付'],
      ['other', -7_68, '收费'],
      ['refund', 280_50, '交易退款'],
      ['other', 1_68, '退费'],
      ['other', -900_00, '提现'],
    ]);
    expect(lines[0]).toMatchObject({ orderNo: 'PF1', tradeNo: 'T1', channelRefundNo: '1' });
  });

  test.each([
    ['支出合计：3笔', '支出合计：4笔'],
    ['共-1188.18元', '共-1188.19元'],
    ['收入合计：2笔', '收入合计：1笔'],
    ['共1282.18元', '共1282.00元'],
    ['1280.50,,', '1280.5x,,'],
  ])('is not believed with %s as %s', (from, to) => {
    expect(() => readFundBill(text.replace(from, to), expected)).toThrow();
  });
});
