import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import v3 from '../../../../test/vectors/wechat-v3.json' with { type: 'json' };
import { wechatContext } from '../../../../test/wechat-context.ts';
import { readFundBill, readTradeBill } from './bill.ts';
import { unpacked } from './statement.ts';

const { account } = wechatContext();
const cases = v3.cases as unknown as readonly Record<string, unknown>[];
const packed = String(cases.find(({ kind }) => kind === 'trade-bill')?.gzipBase64);
const bill = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');

const read = (text: string) => readTradeBill(Buffer.from(text), account);
const changed = (before: string | RegExp, after: string) => read(bill.replace(before, after));
const withoutLine = (index: number) => {
  const lines = bill.split('\r\n');
  return read(lines.filter((_line, at) => at !== index).join('\r\n'));
};

describe('a trade bill that contradicts itself is not believed', () => {
  test('as published it is whole, also without BOM, with other line ends, or empty', () => {
    expect(read(bill)).toHaveProperty('lines.length', 2);
    expect(read(bill.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))).toHaveProperty(
      'lines.length',
      2,
    );
    const [header, , , names] = bill.split('\r\n');
    const nothing = '`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00';
    expect(read([header, names, nothing, ''].join('\r\n'))).toMatchObject({
      lines: [],
      totals: { paymentCount: 0, paymentFen: 0, feeYuan: '0.00' },
    });
  });

  test.each([
    ['a payment is missing', () => withoutLine(1)],
    ['a refund is missing', () => withoutLine(2)],
    ['the line of totals is missing', () => withoutLine(4)],
    ['the names of the totals are missing', () => withoutLine(3)],
    ['the header is missing', () => withoutLine(0)],
    ['an amount differs by a fen', () => changed('`1280.50,`0.00,`\r\n', '`1280.51,`0.00,`\r\n')],
    ['a fee differs in its fifth decimal', () => changed('`7.68000', '`7.68001')],
    ['a total differs', () => changed('`2.0,`1280.50', '`2.0,`1280.51')],
    ['the count differs', () => changed('`2.0,', '`3.0,')],
    ['a row is twice there', () => changed(/(`2025-12-31 09.*\r\n)/, '$1$1')],
    ['something follows the totals', () => read(`${bill}\`1,\`2\r\n`)],
  ])('%s', (_what, make) => {
    expect(make()).toHaveProperty('broken', expect.any(String));
  });

  test.each([
    ['a row of another merchant', () => changed('`1900000001,`0,`,', '`1900000009,`0,`,'), 1],
    ['a row of a sub-merchant', () => changed('`1900000001,`0,`,', '`1900000001,`16,`,'), 1],
    ['an amount that is none', () => changed('`280.50,`\r\n', '`28O.50,`\r\n'), 2],
    ['an amount with three decimals', () => changed('`280.50,`\r\n', '`280.505,`\r\n'), 2],
    ['a column too many', () => changed('`bill=41,`7', '`bill=41,`x,`7'), 1],
  ])('%s is named by its row', (_what, make, row) => {
    expect(make()).toMatchObject({ broken: expect.any(String), row });
  });

  test('commas inside a value do no harm', () => {
    expect(changed('`物业费 3号楼2单元501', '`物业费,3号楼,2单元')).toHaveProperty(
      'lines.length',
      2,
    );
  });
});

describe('the flow of the balance', () => {
  const header =
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
  const names = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
  const rows = [
    '`2026-01-01 09:00:00,`4200000000000000000000000001,`1,`交易,`交易,`收入,`254.70,`254.70,`system,`,`',
    '`2026-01-01 09:00:00,`4200000000000000000000000001,`2,`扣除交易手续费,`扣除交易手续费,`支出,`1.53,`253.17,`system,`,`',
    '`2026-01-01 10:00:00,`50000000000000000000000000001,`3,`退款,`退款,`支出,`54.70,`198.47,`system,`多收,`',
    '`2026-01-01 11:00:00,`,`4,`提现,`提现,`支出,`100.00,`98.47,`system,`,`',
  ];
  const flow = (totals: string, width = '()') =>
    readFundBill(
      Buffer.from(
        [header.replaceAll('(元)', `${width[0]}元${width[1]}`), ...rows, names, totals, ''].join(
          '\r\n',
        ),
      ),
    );

  test.each(['()', '（）'])(
    'payments, refunds and the rest, with brackets of either width %s',
    (width) => {
      const reading = flow('`4.0,`1.0,`254.70,`3.0,`156.23', width);
      if ('broken' in reading) throw new Error(reading.broken);
      expect(
        reading.lines.map((line) => [
          line.kind,
          line.amountFen,
          line.tradeNo,
          line.channelRefundNo,
        ]),
      ).toEqual([
        ['payment', 254_70, '4200000000000000000000000001', ''],
        ['other', -1_53, '4200000000000000000000000001', ''],
        ['refund', 54_70, '', '50000000000000000000000000001'],
        ['other', -100_00, '', ''],
      ]);
      expect(reading.totals).toMatchObject({ paymentFen: 254_70, refundFen: 54_70 });
    },
  );

  test.each(['`5.0,`1.0,`254.70,`3.0,`156.23', '`4.0,`1.0,`254.70,`3.0,`156.24'])(
    'totals that differ break it: %s',
    (totals) => {
      expect(flow(totals)).toHaveProperty('broken');
    },
  );
});

test('a file that unpacks to more than a day can have is a bomb', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  expect(bomb.length).toBeLessThan(2000);
  expect(await unpacked(bomb, 999_999)).toBeUndefined();
  expect(await unpacked(bomb, 1_000_000)).toHaveLength(1_000_000);
  expect(await unpacked(Buffer.from('no gzip'))).toBeUndefined();
});
