import { deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  contextAt,
  type Gateway,
  secrets,
  startGateway,
} from '../../../../test/union-pay-context.ts';
import vector from '../../../../test/vectors/unionpay-zm.json' with { type: 'json' };
import { fetchStatement, readStatement, unpack } from './statement.ts';
import { readZm, recordsOf } from './zm.ts';

const day = '2025-12-31';
const zm = Buffer.from(vector.zmBase64, 'base64');
const facts = { day, fileName: vector.zipName, mchId: secrets.merId };

/** An archive of the day as UnionPay packs it. */
function archive(files: Readonly<Record<string, Buffer>>): Buffer {
  return Buffer.from(zipSync(files));
}

function withZm(content: Buffer, zme?: string): Buffer {
  return archive({
    [`INN25123188ZM_${secrets.merId}`]: content,
    ...(zme !== undefined && {
      [`INN25123188ZME_${secrets.merId}`]: Buffer.from(strToU8(zme, true)),
    }),
  });
}

/** The record with other bytes at an offset. */
function changed(record: Buffer, offset: number, text: string): Buffer {
  const copy = Buffer.from(record);
  copy.write(text, offset, 'latin1');
  return copy;
}

async function linesOf(file: Buffer) {
  const result = await readStatement({ ...facts, file });
  if (result.state !== 'ready') throw new Error(JSON.stringify(result));
  return result.statement.lines;
}

test('every field of the vector is read where it stands', () => {
  const records = recordsOf(zm);
  expect(records.map((record) => record.length)).toEqual([607, 607]);
  for (const [index, record] of records.entries()) {
    const read = readZm(record);
    const expected = vector.expected[index] as unknown as Record<string, string>;
    for (const [name, value] of Object.entries(read)) expect(value).toBe(expected[name] ?? '');
  }
});

test('the vector’s file says what was paid, given back and kept as a fee', async () => {
  const file = await unpack(vector.fileContent);
  expect(file?.toString('base64')).toBe(vector.zipBase64);
  const result = await readStatement({ ...facts, file: file ?? Buffer.alloc(0) });
  expect(result).toMatchObject({
    state: 'ready',
    statement: {
      day,
      kind: 'trade',
      lines: [
        {
          kind: 'payment',
          at: '2025-12-31 09:00:10',
          orderNo: 'PF20251231000001',
          tradeNo: '682512310900100000001',
          refundNo: '',
          amountFen: 1280_50,
          feeYuan: '7.68',
        },
        {
          kind: 'refund',
          at: '2025-12-31 10:00:01',
          orderNo: 'PF20251231000001',
          tradeNo: '682512310900100000001',
          refundNo: 'RF20251231000001',
          channelRefundNo: '682512311000010000002',
          amountFen: 280_50,
          feeYuan: '-1.68',
        },
      ],
      totals: {
        paymentCount: 1,
        paymentFen: 1280_50,
        refundCount: 1,
        refundFen: 280_50,
        feeYuan: '6.00',
      },
    },
  });
});

describe('records that are not like the sample', () => {
  const [payment = zm, refund = zm] = recordsOf(zm);

  test('letters that mean the opposite are understood from the record itself', async () => {
    const swap = (record: Buffer, letters: string) =>
      changed(changed(record, 166, letters.charAt(0)), 180, letters.charAt(1));
    const both = Buffer.concat([swap(payment, 'CD'), Buffer.from('\r\n'), swap(refund, 'DC')]);
    expect((await linesOf(withZm(both))).map(({ feeYuan }) => feeYuan)).toEqual(['7.68', '-1.68']);
  });

  test('a fee that comes back with a payment is negative, one of a refund positive', async () => {
    const both = Buffer.concat([
      changed(payment, 166, 'C'),
      Buffer.from('\r\n'),
      changed(refund, 166, 'D'),
    ]);
    expect((await linesOf(withZm(both))).map(({ feeYuan }) => feeYuan)).toEqual(['-7.68', '1.68']);
  });

  test('a record of an older version ends earlier and is read as far as it goes', async () => {
    const [line] = await linesOf(withZm(payment.subarray(0, 226)));
    expect(line).toMatchObject({ kind: 'payment', orderNo: 'PF20251231000001', feeYuan: '7.68' });
    const [shortest] = await linesOf(withZm(payment.subarray(0, 144)));
    expect(shortest).toMatchObject({ kind: 'other', orderNo: 'PF20251231000001' });
  });

  test('a 撤销 is a refund; other kinds and other merchants are kept, not interpreted', async () => {
    const kinds = [
      changed(refund, 215, '31'),
      changed(payment, 215, '02'),
      changed(payment, 293, '000000000000000'),
      changed(refund, 215, '99'),
    ];
    const lines = await linesOf(
      withZm(Buffer.concat(kinds.flatMap((one) => [one, Buffer.from('\n')]))),
    );
    expect(lines.map(({ kind }) => kind)).toEqual(['refund', 'other', 'other', 'other']);
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([280_50, 1272_82, 1272_82, -278_82]);
  });

  test('what was traded before midnight of New Year belongs to the old year', async () => {
    const file = archive({
      [`INN26010188ZM_${secrets.merId}`]: Buffer.concat([
        changed(payment, 35, '1231231500'),
        Buffer.from('\r\n'),
        changed(payment, 35, '0101003000'),
      ]),
    });
    const named = `${secrets.merId}_20260101.zip`;
    const result = await readStatement({ ...facts, day: '2026-01-01', fileName: named, file });
    expect(result).toMatchObject({
      statement: { lines: [{ at: '2025-12-31 23:15:00' }, { at: '2026-01-01 00:30:00' }] },
    });
  });

  test('errors and chargebacks are lines of another kind', async () => {
    const head = payment.subarray(0, 79).toString('latin1').replace('S22', 'E74');
    const signed = `${head}${' '.repeat(140 - 79)}D000000005000 `;
    const lines = await linesOf(withZm(Buffer.alloc(0), `${signed}\r\n${head}\r\n`));
    expect(lines.map(({ kind, state, amountFen }) => [kind, state, amountFen])).toEqual([
      ['other', 'ZME E74', -50_00],
      ['other', 'ZME E74', -1280_50],
    ]);
  });
});

describe('a file that contradicts itself is not believed', () => {
  const [payment = zm] = recordsOf(zm);
  const good = withZm(zm);
  const broken: readonly (readonly [string, object, Buffer])[] = [
    ['another day', { fileName: `${secrets.merId}_20251230.zip` }, good],
    ['another merchant', { mchId: '000000000000000' }, good],
    ['no archive', {}, Buffer.from('PK and nothing more')],
    ['an archive cut short', {}, good.subarray(0, -30)],
    ['an archive without transactions', {}, archive({ readme: Buffer.from('empty') })],
    ['a record cut short', {}, withZm(zm.subarray(0, -300))],
    ['an amount that is none', {}, withZm(changed(payment, 66, '12,345.67   '))],
    ['a time that is none', {}, withZm(changed(payment, 35, '9931090010'))],
    ['a fee that is none', {}, withZm(changed(payment, 166, 'X'))],
  ];

  test.each(broken)('%s', async (_name, other, file) => {
    const result = await readStatement({ ...facts, ...other, file });
    expect(result.state).toBe('broken');
  });

  test('the damaged record is named', async () => {
    const file = withZm(Buffer.concat([payment, Buffer.from('\r\n'), changed(payment, 66, 'x')]));
    expect(await readStatement({ ...facts, file })).toMatchObject({ state: 'broken', row: 2 });
  });

  test('a changed byte inside the archive is found by its checksum', async () => {
    const stored = Buffer.from(zipSync({ [`INN25123188ZM_${secrets.merId}`]: zm }, { level: 0 }));
    const at = stored.indexOf('000000128050');
    expect(at).toBeGreaterThan(0);
    stored.write('000000928050', at, 'latin1');
    expect(await readStatement({ ...facts, file: stored })).toMatchObject({ state: 'broken' });
  });
});

describe('the file is asked for by its clearing day', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());

  const context = () => contextAt(gateway);

  test('and read when UnionPay signed it', async () => {
    gateway.answer(() => ({
      respCode: '00',
      fileName: vector.zipName,
      fileContent: deflateSync(Buffer.from(vector.zipBase64, 'base64')).toString('base64'),
    }));
    const ours = context();
    const result = await fetchStatement(ours, { day, kind: 'trade' });
    expect(result).toMatchObject({ state: 'ready', statement: { totals: { paymentCount: 1 } } });
    expect(gateway.sent.at(-1)).toMatchObject({
      path: '/',
      fields: { txnType: '76', txnSubType: '01', settleDate: '1231', fileType: '00' },
    });
    // The record does not keep the file twice.
    expect(ours.messages.at(-1)?.response.length).toBeLessThan(1000);
  });

  test('not there yet, refused and unsigned are told apart', async () => {
    const ask = () => fetchStatement(context(), { day, kind: 'trade' });
    gateway.answer(() => ({ respCode: '98', respMsg: '文件不存在[9800000]' }));
    expect(await ask()).toMatchObject({ state: 'not-ready' });
    gateway.answer(() => ({ respCode: '32' }));
    expect(await ask()).toMatchObject({ state: 'unknown', reason: 'respCode 32' });
    gateway.answer(() => ({ raw: `respCode=00&fileName=x&fileContent=y` }));
    expect(await ask()).toMatchObject({ state: 'unknown' });
    gateway.answer(() => ({ respCode: '00', fileName: vector.zipName, fileContent: 'AAAA' }));
    expect(await ask()).toMatchObject({ state: 'broken' });
    expect(await fetchStatement(context(), { day, kind: 'fund' })).toEqual({
      state: 'unsupported',
    });
  });
});
