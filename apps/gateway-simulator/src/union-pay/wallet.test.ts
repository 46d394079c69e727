import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  beijing,
  distrust,
  type Scene,
  startUnionPayScene,
} from '../../test/union-pay-merchant.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startUnionPayScene({ publicUrl: 'http://localhost:8080/sim' });
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset');
  scene.receiver.clear();
});

const FRONT = '/gateway/api/frontTransReq.do';
const visit = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(scene.simulator.url + path, { redirect: 'manual', ...init });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const submit = (path: string, fields: Record<string, string>, cookie = '') =>
  visit(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) });
const WALLET = 'sim_wallet=union-pay; sim_user=2';

/** The fields of the form that carries the browser back to the merchant. */
function returnForm(text: string) {
  const decoded = (value: string) =>
    value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const url = /id="return" method="post" action="([^"]+)"/.exec(text)?.[1];
  const inputs = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  const fields = Object.fromEntries(
    [...inputs].map(([, name, value]) => [name, decoded(value ?? '')]),
  );
  return { url: url && decoded(url), fields: fields as Record<string, string> };
}

async function openCashier(orderId: string, changes: Record<string, string> = {}) {
  const fields = scene.signedFields(scene.bankOrder(orderId, changes));
  const { status, text } = await scene.post(FRONT, fields);
  const token = /name="token" value="(\d+)"/.exec(text)?.[1] ?? '';
  return { status, text, token, fields };
}

test('the browser pays by bank card and carries a signed result back', async () => {
  const { status, text, token, fields } = await openCashier('FRONT0000001');
  expect(status).toBe(200);
  expect(text).toContain('幸福物业');
  expect(text).toContain('¥1,280.50');
  expect(text).toContain('action="/sim/union-pay/cashier"');
  const asked = await submit('/union-pay/cashier', { token, user: '2', outcome: 'paid' });
  expect(asked.text).toContain('请输入 6 位数字。');
  const secret = '123456';
  const paid = await submit('/union-pay/cashier', { token, user: '2', outcome: 'paid', secret });
  const { url, fields: carried } = returnForm(paid.text);
  expect(url).toBe('https://pay.example.com/return/unionpay');
  expect(carried).toMatchObject({ orderId: 'FRONT0000001', respCode: '00', txnAmt: '128050' });
  expect(distrust(carried, scene.registered, scene.now())).toBe('');
  await scene.receiver.heard(1);
  expect(scene.receiver.forms()[0]).toMatchObject({ accNo: '6216***********3327' });
  const again = await scene.post(FRONT, fields);
  expect(again.text).toContain('该订单已支付。');
});

test('the same form again shows the same cashier; a changed one is refused', async () => {
  const { token, fields } = await openCashier('FRONT0000002');
  expect((await scene.post(FRONT, fields)).text).toContain(token);
  const { txnTime } = fields;
  const changed = await openCashier('FRONT0000002', { txnTime: txnTime ?? '', txnAmt: '1' });
  expect(changed.text).toContain('应答码 12');
  const forged = scene.signedFields(scene.bankOrder('FRONT0000003'), true);
  expect((await scene.post(FRONT, forged)).text).toContain('应答码 11');
  const other = await openCashier('FRONT0000004', { txnSubType: '03' });
  expect(other.text).toContain('应答码 32');
});

test('a payer without money may try again; one who cancels goes back unpaid', async () => {
  const frontFailUrl = 'https://pay.example.com/failed';
  const { token, fields } = await openCashier('FRONT0000005', { frontFailUrl });
  const poor = await submit('/union-pay/cashier', { token, user: '1', outcome: 'fail' });
  expect(poor.text).toContain('付款失败：余额不足');
  const left = await submit('/union-pay/cashier', { token, user: '1', outcome: 'cancel' });
  const form = returnForm(left.text);
  expect(form.url).toBe(frontFailUrl);
  expect(form.fields).toMatchObject({ respCode: '01', orderId: 'FRONT0000005' });
  const { origRespCode } = (await scene.query('FRONT0000005', fields.txnTime ?? '')).fields;
  expect(origRespCode).toBe('05');
});

test('a scanned code opens in the wallet, and elsewhere the wallet is offered', async () => {
  const txnTime = beijing(scene.now());
  const { fields } = await scene.back(scene.order('SCANNED00001', { txnTime }));
  const url = fields.qrCode ?? '';
  expect(url).toMatch(/^http:\/\/localhost:8080\/sim\/union-pay\/qr\/\d{21}$/);
  const path = new URL(url).pathname.replace('/sim', '');
  const elsewhere = await visit(path);
  expect(elsewhere.text).toContain('模拟云闪付');
  expect(elsewhere.text).toContain(url);
  const sheet = await visit(path, { headers: { cookie: WALLET } });
  expect(sheet.text).toContain('云闪付收银台');
  expect(sheet.text).toMatch(/value="2" required\s+checked/);
  const token = path.split('/').at(-1) ?? '';
  const pay = { token, user: '2', outcome: 'paid', secret: '000000' };
  const paid = await submit('/union-pay/cashier', pay, WALLET);
  expect(paid.text).toContain('支付成功');
  expect((await scene.query('SCANNED00001', txnTime)).fields.origRespCode).toBe('00');
  expect((await visit('/union-pay/qr/000000000000000000000')).status).toBe(404);
});

test('the wallet opens links as 云闪付 or a bank app, and nothing else', async () => {
  const link = 'http://localhost:8080/q/abc';
  const start = await visit(`/union-pay/wallet?scan=${encodeURIComponent(link)}`);
  expect(start.text).toContain(link);
  const opened = await submit('/union-pay/wallet', { app: 'SimBank', user: '3', link });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, link]);
  const cookies = opened.headers.getSetCookie().join();
  expect(cookies).toMatch(/sim_user=3;.*sim_wallet=union-pay;.*sim_app=SimBank;/);
  const evil = await submit('/union-pay/wallet', {
    app: 'CloudPay',
    user: '3',
    link: 'https://evil.example.com/',
  });
  expect([evil.status, evil.headers.get('location')]).toEqual([400, null]);
  const nobody = await submit('/union-pay/wallet', { app: 'CloudPay', user: '9', link });
  expect(nobody.status).toBe(400);
  const left = await submit('/union-pay/leave', {});
  expect(left.headers.getSetCookie().join()).toContain('sim_wallet=; Path=/; Max-Age=0');
});

test('a tn opens the sheet; a payment code waits for its owner', async () => {
  const app = scene.bankOrder('APPSHEET0001', { channelType: '08' });
  const { tn = '' } = (await scene.call('/gateway/api/appTransReq.do', app)).fields;
  const sheet = await submit('/union-pay/wallet', { app: 'CloudPay', user: '1', link: tn });
  expect(sheet.text).toContain('云闪付收银台');
  const shown = await submit('/union-pay/code', { outcome: 'password' }, WALLET);
  const code = /aria-label="付款码">([\d ]+)</.exec(shown.text)?.[1]?.replaceAll(' ', '') ?? '';
  expect(code).toMatch(/^62\d{17}$/);
  const changes = { txnSubType: '06', termId: '01080209', qrNo: code };
  const asked = await scene.back(scene.order('DESK00000001', changes));
  expect(asked.fields.respCode).toBe('05');
  const waiting = await visit('/union-pay/code', { headers: { cookie: WALLET } });
  const href = /href="\/sim(\/union-pay\/cashier\?token=(\d+))"/.exec(waiting.text);
  expect((await visit(href?.[1] ?? '')).text).toContain('云闪付收银台');
  const token = href?.[2] ?? '';
  await submit('/union-pay/cashier', { token, user: '2', outcome: 'paid', secret: '123456' });
  const { json } = await scene.control('GET', 'union-pay/orders/DESK00000001');
  expect(json.state).toBe('paid');
  const after = await visit('/union-pay/code', { headers: { cookie: WALLET } });
  expect(after.text).not.toContain('等我确认');
});
