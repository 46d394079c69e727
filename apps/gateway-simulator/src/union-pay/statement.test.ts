import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distrust, MER_ID, type Scene, startUnionPayScene } from '../../test/union-pay-merchant.ts';

/** 10:00 in Beijing. */
const START = Date.UTC(2026, 0, 15, 2);
const HOUR_MS = 3_600_000;
let scene: Scene;
beforeAll(async () => {
  scene = await startUnionPayScene({ startAt: START });
  const { queryId } = await scene.paid('PAYSTATE0001', { reqReserved: 'bill:41' });
  await scene.paid('PAYSTATE0002', { txnAmt: '100' });
  await scene.refund('RFSTATE00001', queryId);
  await scene.advance(1_000);
  await scene.refund('RFSTATE00002', queryId, { txnAmt: '100000' });
  await scene.advance(13 * HOUR_MS + 1_000); // After 23:00: the next clearing day.
  await scene.paid('PAYSTATE0003');
});
afterAll(() => scene.close());

const ask = (settleDate: string) =>
  scene.call('/union-pay/files/', {
    txnType: '76',
    txnSubType: '01',
    bizType: '000000',
    settleDate,
    fileType: '00',
  });

async function filesOf(settleDate: string) {
  const { fields } = await ask(settleDate);
  expect(distrust(fields, scene.registered, scene.now())).toBe('');
  const zip = inflateSync(Buffer.from(fields.fileContent ?? '', 'base64'));
  const files = unzipSync(zip);
  return { fields, files: new Map(Object.entries(files)) };
}

const rowsOf = async (settleDate: string) => {
  const { files } = await filesOf(settleDate);
  const bytes = Buffer.from(files.get(`INN26011588ZM_${MER_ID}`) ?? []);
  const rows = [];
  for (let at = 0; at < bytes.length; at += 609) rows.push(bytes.subarray(at, at + 607));
  return rows.map((row) => {
    const cut = (offset: number, width: number) =>
      iconv.decode(row.subarray(offset, offset + width), 'gbk').trimEnd();
    return {
      bytes: row.length,
      orderId: cut(112, 32),
      amount: cut(66, 12),
      fee: cut(166, 13),
      net: cut(180, 13),
      type: `${cut(215, 2)}/${cut(218, 2)}`,
      origQueryId: cut(271, 21),
      merId: cut(293, 15),
      name: cut(327, 32),
      reserved: cut(397, 32),
      origOrderId: cut(476, 32),
    };
  });
};

test('the clearing file of a day holds payments and refunds with their fees', async () => {
  const { fields, files } = await filesOf('0115');
  expect(fields).toMatchObject({ respCode: '00', fileName: `${MER_ID}_20260115.zip` });
  expect([...files.keys()]).toEqual([`INN26011588ZM_${MER_ID}`, `INN26011588ZME_${MER_ID}`]);
  const rows = await rowsOf('0115');
  expect(rows.map((row) => row.bytes)).toEqual([607, 607, 607, 607]);
  expect(
    rows.map(({ orderId, amount, fee, net, type }) => [orderId, amount, fee, net, type]),
  ).toEqual([
    ['PAYSTATE0001', '000000128050', 'D000000000768', 'C000000127282', '01/07'],
    ['PAYSTATE0002', '000000000100', 'D000000000001', 'C000000000099', '01/07'],
    ['RFSTATE00001', '000000028050', 'C000000000168', 'D000000027882', '04/00'],
    ['RFSTATE00002', '000000100000', 'C000000000600', 'D000000099400', '04/00'],
  ]);
  expect(rows[0]).toMatchObject({ merId: MER_ID, name: '幸福物业', reserved: 'bill:41' });
  expect(rows[2]).toMatchObject({ origOrderId: 'PAYSTATE0001' });
  const { json } = await scene.control('GET', `union-pay/statement?mchid=${MER_ID}&day=2026-01-15`);
  expect(json).toMatchObject({ totalFen: 128150, refundedFen: 128050, feeYuan: '0.01' });
  expect(json.lines).toHaveLength(4);
});

test('a file is there once its clearing day is over', async () => {
  expect((await ask('0116')).fields.respCode).toBe('98');
  expect((await ask('0231')).fields.respCode).toBe('98');
  expect((await ask('115')).fields.respCode).toBe('10');
  await scene.control('POST', 'faults', { at: 'statement', fault: 'statement-not-ready' });
  expect((await ask('0115')).fields.respCode).toBe('98');
});

test.each([
  ['statement-missing-row', ['PAYSTATE0002', 'RFSTATE00001', 'RFSTATE00002']],
  [
    'statement-duplicate-row',
    ['PAYSTATE0001', 'PAYSTATE0001', 'PAYSTATE0002', 'RFSTATE00001', 'RFSTATE00002'],
  ],
  [
    'statement-extra-row',
    ['PAYSTATE0001', 'PAYSTATE0002', 'RFSTATE00001', 'RFSTATE00002', 'NOBODYSORDER0001'],
  ],
])('%s', async (fault, expected) => {
  await scene.control('POST', 'faults', { at: 'statement', fault });
  expect((await rowsOf('0115')).map((row) => row.orderId)).toEqual(expected);
});

test('amounts, fees, length and signature of a file go wrong on demand', async () => {
  const arm = (fault: string) => scene.control('POST', 'faults', { at: 'statement', fault });
  await arm('statement-amount-off');
  expect((await rowsOf('0115'))[0]?.amount).toBe('000000128051');
  await arm('statement-fee-differs');
  expect((await rowsOf('0115'))[0]?.fee).toBe('D000000000769');
  await arm('statement-truncated');
  expect((await rowsOf('0115')).at(-1)?.bytes).toBeLessThan(607);
  await arm('statement-bad-hash');
  const { fields } = await ask('0115');
  expect(distrust(fields, scene.registered, scene.now())).toBe('signature');
});
