import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  beijing,
  distrust,
  MER_ID,
  parseLine,
  type Scene,
  SECRET,
  SECURE_MER_ID,
  startUnionPayScene,
  textOf,
} from '../../test/union-pay-merchant.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startUnionPayScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

const codeOf = async (answer: Promise<{ fields: Record<string, string> }>) =>
  (await answer).fields.respCode;

test('a QR order answers a code to render, in a line that UnionPay has signed', async () => {
  const { status, fields } = await scene.back(
    scene.order('QR0000000001', { reqReserved: '账单41' }),
  );
  expect([status, fields.respCode]).toEqual([200, '00']);
  expect(fields).toMatchObject({ orderId: 'QR0000000001', merId: MER_ID, reqReserved: '账单41' });
  expect(fields.qrCode).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/union-pay\/qr\/\d{21}$/);
  expect(distrust(fields, scene.registered, scene.now())).toBe('');
  expect(distrust({ ...fields, txnAmt: '1' }, scene.registered, scene.now())).toBe('signature');
});

test('the app and the pre-order get a tn and a page', async () => {
  const app = scene.bankOrder('APP000000001', { channelType: '08', frontUrl: '' });
  const { fields } = await scene.call('/gateway/api/appTransReq.do', app);
  expect(fields.tn).toMatch(/^\d{21}$/);
  const ordered = await scene.call('/gateway/api/order.do', scene.bankOrder('PRE000000001'));
  expect(ordered.fields.payUrl).toMatch(/\/union-pay\/cashier\?token=\d{21}$/);
  const page = await (await fetch(ordered.fields.payUrl ?? '')).text();
  expect(page).toContain('¥1,280.50');
  expect(page).toContain('物业费');
});

test('a query tells the query from the trade: open, paid, over, never created', async () => {
  const txnTime = beijing(scene.now());
  const payTimeout = beijing(scene.now() + 600_000);
  await scene.back(scene.order('Q00000000001', { txnTime, payTimeout }));
  await scene.back(scene.order('Q00000000002', { txnTime, payTimeout }));
  const open = (await scene.query('Q00000000001', txnTime)).fields;
  expect(open).toMatchObject({ respCode: '00', origRespCode: '05', orderId: 'Q00000000001' });
  expect(open.queryId).toBeUndefined();
  await scene.control('POST', 'union-pay/pay', { outTradeNo: 'Q00000000001', user: 2 });
  const paid = (await scene.query('Q00000000001', txnTime)).fields;
  expect(paid).toMatchObject({
    respCode: '00',
    origRespCode: '00',
    txnType: '01',
    txnAmt: '128050',
    accNo: '6216***********3327',
    payCardType: '02',
    reserved: '{settleType=1&cardAttr=01}',
  });
  expect(paid.queryId).toMatch(/^68\d{19}$/);
  expect(distrust(paid, scene.registered, scene.now())).toBe('');
  await scene.control('POST', 'clock', { advanceMs: 600_000, scope: 'schedule' });
  const over = (await scene.query('Q00000000002', txnTime)).fields;
  expect(over).toMatchObject({ respCode: '00', origRespCode: '69' });
  const late = await scene.control('POST', 'union-pay/pay', { outTradeNo: 'Q00000000002' });
  expect(late.status).toBe(409);
  expect(await codeOf(scene.query('Q00000000001', '20260101080000'))).toBe('34');
  expect(await codeOf(scene.query('NEVERMADE001', txnTime))).toBe('34');
});

test.each([
  ['another key', { forge: true }, {}, '11'],
  ['an unknown certificate', {}, { certId: '123' }, '11'],
  ['an unknown merchant', {}, { merId: '777290058119999' }, '30'],
  ['a missing amount', {}, { txnAmt: '' }, '13'],
  ['an amount in yuan', {}, { txnAmt: '1280.50' }, '10'],
  ['an order number with a dash', {}, { orderId: 'QR-000000001' }, '10'],
  ['a time of another zone', {}, { txnTime: '20260101080000' }, '39'],
  ['a time to pay that has passed', {}, { payTimeout: '20200101000000' }, '39'],
  ['a kind that this address does not know', {}, { txnSubType: '03' }, '32'],
  ['another version', {}, { version: '5.0.0' }, '10'],
])('%s is refused with %s', async (_, { forge = false }: { forge?: boolean }, changes, code) => {
  const fields = scene.order('REFUSED00001', changes as Record<string, string>);
  const answer = await scene.call('/gateway/api/backTransReq.do', fields, forge);
  expect(answer.fields.respCode).toBe(code);
  expect(distrust(answer.fields, scene.registered, scene.now())).toBe('');
  expect((await scene.control('GET', 'union-pay/orders/REFUSED00001')).status).toBe(404);
});

test('a changed amount is noticed, and a number is used once', async () => {
  const fields = scene.signedFields(scene.order('ONCE00000001'));
  const path = '/gateway/api/backTransReq.do';
  expect(await codeOf(scene.post(path, { ...fields, txnAmt: '1' }))).toBe('11');
  expect(await codeOf(scene.post(path, fields))).toBe('00');
  expect(await codeOf(scene.post(path, fields))).toBe('12');
});

test('a merchant with a secure key is answered with the same key', async () => {
  const sign = (fields: Record<string, string>) => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    return hash(`${textOf(fields)}&${hash(SECRET)}`);
  };
  const unsigned = {
    ...scene.signedFields(scene.order('SECRET000001')),
    merId: SECURE_MER_ID,
    signMethod: '11',
    certId: '',
    signature: '',
  };
  const fields = { ...unsigned, signature: sign(unsigned) };
  const answer = await scene.post('/gateway/api/backTransReq.do', fields);
  expect(answer.fields).toMatchObject({ respCode: '00', signMethod: '11' });
  expect(answer.fields.signature).toBe(sign(answer.fields));
  expect(answer.fields.signPubKeyCert).toBeUndefined();
  await scene.control('POST', 'union-pay/pay', { outTradeNo: 'SECRET000001' });
  await scene.receiver.heard(1);
  const [notice = {}] = scene.receiver.forms();
  expect(notice.signature).toBe(sign(notice));
});

test('the scanner of the desk: paid, refused, used, unknown, or to be confirmed', async () => {
  const scan = async (orderId: string, qrNo: string) => {
    const changes = { txnSubType: '06', termId: '01080209', qrNo, txnTime: beijing(scene.now()) };
    const { fields } = await scene.back(scene.order(orderId, changes));
    const asked = await scene.query(orderId, changes.txnTime);
    return { code: fields.respCode, orig: asked.fields.origRespCode, fields, ...changes };
  };
  const codeFor = async (outcome: string) => {
    const { json } = await scene.control('POST', 'union-pay/codes', { user: 3, outcome });
    return String(json.authCode);
  };
  const good = await codeFor('paid');
  expect(good).toMatch(/^62\d{17}$/);
  const paid = await scan('SCAN00000001', good);
  expect(paid).toMatchObject({ code: '00', orig: '00' });
  expect(paid.fields).toMatchObject({ txnAmt: '128050', accNo: '6216***********5504' });
  await scene.receiver.heard(1);
  expect(await scan('SCAN00000002', good)).toMatchObject({ code: '87', orig: '87' });
  expect(await scan('SCAN00000003', '6200000000000000000')).toMatchObject({ code: '88' });
  expect(await scan('SCAN00000004', await codeFor('expired'))).toMatchObject({ code: '86' });
  expect(await scan('SCAN00000005', await codeFor('no-money'))).toMatchObject({ code: '64' });
  const asked = await scan('SCAN00000006', await codeFor('password'));
  expect(asked).toMatchObject({ code: '05', orig: '05' });
  const waiting = await scene.control('GET', 'union-pay/orders/SCAN00000006');
  expect(waiting.json).toMatchObject({ state: 'paying' });
  await scene.control('POST', 'union-pay/pay', { outTradeNo: 'SCAN00000006' });
  const confirmed = await scene.query('SCAN00000006', asked.txnTime);
  expect(confirmed.fields).toMatchObject({ origRespCode: '00', accNo: '6216***********5504' });
  const refused = await scan('SCAN00000007', await codeFor('password'));
  const cancel = { outTradeNo: 'SCAN00000007', outcome: 'cancel' };
  expect((await scene.control('POST', 'union-pay/pay', cancel)).json.state).toBe('closed');
  const over = await scene.query('SCAN00000007', refused.txnTime);
  expect(over.fields.origRespCode).toBe('01');
});

test('all certificates are of one chain, the renewed one too', async () => {
  const asked = { txnType: '95', txnSubType: '00', bizType: '000000', certType: '01' };
  const { fields } = await scene.back({ ...asked, channelType: '07', orderId: 'CERT00000001' });
  expect(fields.respCode).toBe('00');
  expect(fields.encryptPubKeyCert).toBe(scene.registered.encryptCertificatePem);
  const before = fields.signPubKeyCert;
  const renewed = await scene.control('POST', 'union-pay/rotate');
  const after = (await scene.back(scene.order('CERT00000002'))).fields;
  expect(after.signPubKeyCert).toBe(renewed.json.signCertificatePem);
  expect(after.signPubKeyCert).not.toBe(before);
  expect(distrust(after, scene.registered, scene.now())).toBe('');
});

test('a value may hold the signs that separate the fields', () => {
  expect(parseLine('a={x=1&y=2}&b=3==&c=[p&q]')).toEqual({
    a: '{x=1&y=2}',
    b: '3==',
    c: '[p&q]',
  });
});
