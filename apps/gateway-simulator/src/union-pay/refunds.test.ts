import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  beijing,
  distrust,
  type Scene,
  startUnionPayScene,
} from '../../test/union-pay-merchant.ts';

/** 10:00 in Beijing. */
const START = Date.UTC(2026, 0, 15, 2);
let scene: Scene;
beforeAll(async () => {
  scene = await startUnionPayScene({ startAt: START });
});
afterAll(() => scene.close());
beforeEach(async () => {
  await settle(); // What the last test left under way.
  scene.receiver.clear();
});

const settle = () => scene.advance(1_000);
const query = async (orderId: string, txnTime: string) =>
  (await scene.query(orderId, txnTime)).fields;
const view = async (path: string) => (await scene.control('GET', `union-pay/${path}`)).json;

function voidOf(orderId: string, origQryId: string, changes: Record<string, string> = {}) {
  const fields = { txnType: '31', txnAmt: '128050', txnTime: beijing(scene.now()), ...changes };
  return scene.refund(orderId, origQryId, fields);
}

test('a refund is accepted first; its end is told by notification and query', async () => {
  const { queryId, txnTime } = await scene.paid('PAYREFUND001');
  await scene.receiver.heard(1);
  const refundTime = beijing(scene.now());
  const accepted = (await scene.refund('RF0000000001', queryId, { txnTime: refundTime })).fields;
  expect(accepted).toMatchObject({ respCode: '00', txnType: '04', origQryId: queryId });
  await settle();
  await scene.receiver.heard(2);
  const notice = scene.receiver.forms()[1] ?? {};
  expect(notice).toMatchObject({
    txnType: '04',
    respCode: '00',
    orderId: 'RF0000000001',
    txnAmt: '28050',
    origQryId: queryId,
    origOrderId: 'PAYREFUND001',
    origTxnTime: txnTime,
  });
  expect(distrust(notice, scene.registered, scene.now())).toBe('');
  expect(await query('RF0000000001', refundTime)).toMatchObject({
    origRespCode: '00',
    txnType: '04',
    origQryId: queryId,
  });
  expect(await query('PAYREFUND001', txnTime)).toMatchObject({ origRespCode: '00' });
  expect(await view('orders/PAYREFUND001')).toMatchObject({ state: 'paid', refundedFen: 28050 });
  expect(await view('refunds/RF0000000001')).toMatchObject({ state: 'refunded' });
});

test('several refunds may come to the whole amount, and to no more', async () => {
  const { queryId } = await scene.paid('PAYREFUND002');
  const refund = async (orderId: string, txnAmt: string) =>
    (await scene.refund(orderId, queryId, { txnAmt })).fields.respCode;
  expect(await refund('RF0000000011', '100000')).toBe('00');
  expect(await refund('RF0000000012', '28051')).toBe('36');
  expect(await refund('RF0000000013', '28050')).toBe('00');
  expect(await refund('RF0000000014', '1')).toBe('45');
  await settle();
  expect(await view('orders/PAYREFUND002')).toMatchObject({ state: 'refunded' });
});

test('a refund must name a paid payment of the same product', async () => {
  const { queryId } = await scene.paid('PAYREFUND003');
  const code = async (answer: Promise<{ fields: Record<string, string> }>) =>
    (await answer).fields.respCode;
  expect(await code(scene.refund('RF0000000021', '680000000000000000001'))).toBe('35');
  expect(await code(scene.refund('RF0000000022', queryId, { bizType: '000201' }))).toBe('36');
  const once = { txnTime: beijing(scene.now()), txnAmt: '1' };
  expect(await code(scene.refund('RF0000000023', queryId, once))).toBe('00');
  expect(await code(scene.refund('RF0000000023', queryId, once))).toBe('12');
});

test('a refund that fails later is not notified and frees its amount', async () => {
  const { queryId } = await scene.paid('PAYREFUND004');
  await scene.receiver.heard(1);
  await scene.control('POST', 'faults', { at: 'refund', fault: 'refund-fails-later' });
  const all = { txnAmt: '128050', txnTime: beijing(scene.now()) };
  expect((await scene.refund('RF0000000031', queryId, all)).fields.respCode).toBe('00');
  await settle();
  expect(await query('RF0000000031', all.txnTime)).toMatchObject({
    respCode: '00',
    origRespCode: '01',
  });
  await scene.receiver.heard(1);
  const again = { ...all, txnTime: beijing(scene.now()) };
  expect((await scene.refund('RF0000000032', queryId, again)).fields.respCode).toBe('00');
});

test('a pending refund ends when somebody ends it; a poor merchant is refused', async () => {
  const { queryId } = await scene.paid('PAYREFUND005');
  await scene.control('POST', 'faults', { at: 'refund', fault: 'refund-refused' });
  expect((await scene.refund('RF0000000041', queryId)).fields.respCode).toBe('64');
  const fault = { at: 'refund', fault: 'refund-pending', outTradeNo: 'PAYREFUND005' };
  await scene.control('POST', 'faults', fault);
  const refundTime = beijing(scene.now());
  await scene.refund('RF0000000042', queryId, { txnTime: refundTime });
  await scene.advance(3_600_000);
  expect(await query('RF0000000042', refundTime)).toMatchObject({ origRespCode: '05' });
  const path = 'union-pay/refunds/RF0000000042/finish';
  await scene.control('POST', path, { outcome: 'refunded' });
  expect(await query('RF0000000042', refundTime)).toMatchObject({ origRespCode: '00' });
  expect((await scene.control('POST', path, { outcome: 'failed' })).status).toBe(409);
});

test('a void is for the whole amount on the same clearing day, which ends at 23:00', async () => {
  const { queryId } = await scene.paid('PAYVOID00001');
  expect((await voidOf('VO0000000001', queryId, { txnAmt: '1' })).fields.respCode).toBe('36');
  expect((await voidOf('VO0000000002', queryId)).fields.respCode).toBe('00');
  expect((await voidOf('VO0000000003', queryId)).fields.respCode).toBe('45');
  await settle();
  expect(await view('refunds/VO0000000002')).toMatchObject({ kind: 'void', state: 'refunded' });
  const later = await scene.paid('PAYVOID00002');
  const untilCut = Date.UTC(2026, 0, 15, 15) - scene.now();
  await scene.advance(untilCut - 60_000);
  const next = await scene.paid('PAYVOID00003');
  await scene.advance(120_000);
  expect((await voidOf('VO0000000004', later.queryId)).fields.respCode).toBe('39');
  expect((await voidOf('VO0000000005', next.queryId)).fields.respCode).toBe('39');
  const sameDay = await scene.paid('PAYVOID00004');
  await scene.advance(3_600_000 * 2);
  expect((await voidOf('VO0000000006', sameDay.queryId)).fields.respCode).toBe('00');
});
