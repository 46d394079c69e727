import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { APPID, MCHID, registration, startScene } from '../../../test/merchant.ts';
import { API_V2_KEY, callV2, type Fields, read, sign } from '../../../test/v2-merchant.ts';

const START = Date.parse('2026-03-10T02:00:00Z'); // 10:00 in Beijing
const HOUR_MS = 3600_000;

let scene: Awaited<ReturnType<typeof startScene>>;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', { merchants: true });
  const merchant = registration({ apiV2Key: API_V2_KEY, planIds: ['12345'] });
  await scene.control('POST', 'wechat-pay/merchants', merchant);
  scene.receiver.clear();
  // v2 does not look at the clock: the hour may be chosen for the schedule alone.
  const now = (await scene.control('GET', 'clock')).json.scheduleNow as number;
  const dayMs = 24 * HOUR_MS;
  const advanceMs = (((START - now) % dayMs) + dayMs) % dayMs;
  await later(advanceMs);
});

const call = (path: string, fields: Fields) => callV2(scene.simulator.url, path, fields);
const later = (advanceMs: number) =>
  scene.control('POST', 'clock', { advanceMs, scope: 'schedule' });
const refused = (answer: Fields) => [answer.result_code, answer.err_code];
const notices = () => scene.receiver.notices.map((one) => read(one.body));

function link(contractCode: string, changes: Fields = {}, type: 'MD5' | 'HMAC-SHA256' = 'MD5') {
  const fields: Fields = {
    appid: APPID,
    mch_id: MCHID,
    plan_id: '12345',
    contract_code: contractCode,
    request_serial: '1',
    contract_display_account: '3号楼2单元501',
    notify_url: scene.receiver.url,
    version: '1.0',
    timestamp: '1773108000',
    ...changes,
  };
  const product = type === 'MD5' ? 'entrustweb' : 'h5entrustweb';
  const query = new URLSearchParams({ ...fields, sign: sign(fields, type) });
  return `${scene.simulator.url}/papay/${product}?${query.toString()}`;
}
const wechat = { 'user-agent': 'Mozilla MicroMessenger/8.0.49', cookie: 'sim_user=2' };

async function signed(contractCode: string): Promise<string> {
  const body = { link: link(contractCode), user: 2 };
  const made = await scene.control('POST', `wechat-pay/mandates/${contractCode}/sign`, body);
  expect(made.json).toMatchObject({ state: 'signed', user: 2 });
  scene.receiver.clear();
  return String(made.json.contractId);
}
const debit = (outTradeNo: string, contractId: string, totalFee = '10000') =>
  call('/pay/pappayapply', {
    body: '物业费 2026年3月',
    out_trade_no: outTradeNo,
    total_fee: totalFee,
    spbill_create_ip: '203.0.113.7',
    notify_url: scene.receiver.url,
    trade_type: 'PAP',
    contract_id: contractId,
  });
const state = (outTradeNo: string) => call('/pay/paporderquery', { out_trade_no: outTradeNo });
const notice = (contractId: string, amount = 10000) =>
  scene.call('POST', `/v3/papay/contracts/${contractId}/notify`, {
    mchid: MCHID,
    appid: APPID,
    estimated_amount: { amount, currency: 'CNY' },
  });

test('a payer signs on the page, and the merchant hears of it', async () => {
  const page = await fetch(link('HT-1'), { headers: wechat });
  const text = await page.text();
  expect([page.status, text.includes('3号楼2单元501'), text.includes('幸福物业')]).toEqual([
    200,
    true,
    true,
  ]);
  const id = /name="contract_id" value="(\d+)"/.exec(text)?.[1] ?? '';
  const submit = (fields: Fields) =>
    fetch(`${scene.simulator.url}/wechat-pay/entrust`, {
      method: 'POST',
      headers: { cookie: 'sim_user=2' },
      body: new URLSearchParams({ contract_id: id, ...fields }),
    });
  expect(await (await submit({ outcome: 'cancel' })).text()).toContain('没有签约');
  expect((await submit({ outcome: 'signed', password: '12' })).status).toBe(422);
  expect(await (await submit({ outcome: 'signed' })).text()).toContain('签约成功');
  const [told = {}] = notices();
  expect(told).toMatchObject({
    change_type: 'ADD',
    contract_code: 'HT-1',
    contract_id: id,
    plan_id: '12345',
    openid: await scene.openid(2),
    mch_id: MCHID,
  });
  expect(told.sign).toBe(sign(told));
  const found = await call('/papay/querycontract', {
    plan_id: '12345',
    contract_code: 'HT-1',
    version: '1.0',
  });
  expect(found).toMatchObject({ contract_state: '0', contract_id: id, isSigned: 'true' });
});

test.each<[string, Fields, Record<string, string>, string]>([
  ['outside WeChat', {}, {}, '请在微信客户端打开链接'],
  ['with a plan that was not approved', { plan_id: '9' }, wechat, 'plan_id不存在'],
  ['with an app of another', { appid: 'wx0' }, wechat, '不匹配'],
])('a signing link is refused %s', async (_, changes, headers, reason) => {
  const answer = await fetch(link('HT-1', changes), { headers });
  expect([answer.status, (await answer.text()).includes(reason)]).toEqual([400, true]);
});

test('a signing link with a changed field is refused', async () => {
  const answer = await fetch(`${link('HT-1')}&return_web=1`, { headers: wechat });
  expect(await answer.text()).toContain('签名错误');
});

test('the H5 link is asked for by a server, and opened by a browser', async () => {
  const url = link('HT-H5', { clientip: '203.0.113.7' }, 'HMAC-SHA256');
  const told = read(await (await fetch(url)).text());
  expect(told.result_code).toBe('SUCCESS');
  const page = await (await fetch(told.redirect_url ?? '')).text();
  expect(page).toContain('开通自动扣费');
  const sign = await scene.control('POST', 'wechat-pay/mandates/HT-H5/sign', {});
  expect(sign.json.state).toBe('signed');
});

test('the first debit may run at once, and its result is notified', async () => {
  const id = await signed('HT-1');
  expect(await debit('PAP-0001', id)).toMatchObject({ result_code: 'SUCCESS', isSigned: 'true' });
  expect(await state('PAP-0001')).toMatchObject({ trade_state: 'ACCEPT' });
  await later(1_000);
  expect(await state('PAP-0001')).toMatchObject({ trade_state: 'SUCCESS', contract_id: id });
  const [told = {}] = notices();
  expect(told).toMatchObject({
    result_code: 'SUCCESS',
    trade_type: 'PAP',
    total_fee: '10000',
    contract_id: id,
    openid: await scene.openid(2),
  });
  expect(told.sign).toBe(sign(told));
  expect(refused(await debit('PAP-0001', id))).toEqual(['FAIL', 'ORDERPAID']);
});

test('a debit needs a notice a day before, its hours, and not more than was told', async () => {
  const id = await signed('HT-1');
  await debit('PAP-0001', id);
  expect(refused(await debit('PAP-0002', id))).toEqual(['FAIL', 'RULELIMIT']);
  expect((await notice(id)).status).toBe(204);
  await later(23 * HOUR_MS);
  expect((await debit('PAP-0002', id)).err_code_des).toContain('未满24小时');
  await later(13 * HOUR_MS); // 22:00 in Beijing
  expect((await debit('PAP-0002', id)).err_code_des).toContain('07:00至22:00');
  await later(9 * HOUR_MS); // 07:00
  expect((await debit('PAP-0002', id, '10001')).err_code_des).toContain('大于预扣费通知');
  expect(await debit('PAP-0002', id)).toMatchObject({ result_code: 'SUCCESS' });
  expect(refused(await debit('PAP-0003', id))).toEqual(['FAIL', 'RULELIMIT']);
});

test('a debit that fails says so in the query and in the notification', async () => {
  const id = await signed('HT-1');
  await scene.control('POST', 'wechat-pay/mandates/HT-1/debits', { outcome: 'no-money' });
  await debit('PAP-0001', id);
  await later(1_000);
  expect(await state('PAP-0001')).toMatchObject({ trade_state: 'PAY_FAIL' });
  expect(notices()[0]).toMatchObject({ result_code: 'FAIL', err_code: 'NOTENOUGH' });
});

test('a pending debit is decided by the control call', async () => {
  const id = await signed('HT-1');
  await scene.control('POST', 'wechat-pay/mandates/HT-1/debits', { outcome: 'pending' });
  await debit('PAP-0001', id);
  await later(HOUR_MS);
  expect(await state('PAP-0001')).toMatchObject({ trade_state: 'ACCEPT' });
  await scene.control('POST', 'wechat-pay/pay', { outTradeNo: 'PAP-0001' });
  expect(await state('PAP-0001')).toMatchObject({ trade_state: 'SUCCESS' });
});

test('an ended contract debits no more, whoever ended it', async () => {
  const id = await signed('HT-1');
  const ended = await call('/papay/deletecontract', {
    contract_id: id,
    contract_termination_remark: '业主搬走',
    version: '1.0',
  });
  expect(ended).toMatchObject({ result_code: 'SUCCESS', contract_id: id });
  const [told = {}] = (await scene.receiver.heard(1)).map((one) => read(one.body));
  expect(told).toMatchObject({ change_type: 'DELETE', contract_termination_mode: '3' });
  expect(refused(await debit('PAP-0001', id))).toEqual(['FAIL', 'CONTRACTERROR']);
  expect((await notice(id)).status).toBe(400);
  const other = await signed('HT-2');
  await scene.control('POST', 'wechat-pay/mandates/HT-2/terminate', {});
  const [byPayer = {}] = (await scene.receiver.heard(1)).map((one) => read(one.body));
  expect(byPayer.contract_termination_mode).toBe('2');
  expect(await call('/papay/querycontract', { contract_id: other, version: '1.0' })).toMatchObject({
    contract_state: '1',
  });
});

test('the payer sees the contracts and ends one', async () => {
  const id = await signed('HT-1');
  const path = `${scene.simulator.url}/wechat-pay/contracts`;
  const headers = { cookie: 'sim_user=2' };
  expect(await (await fetch(path, { headers })).text()).toContain('已开通');
  const body = new URLSearchParams({ contract_id: id });
  const after = await fetch(path, { method: 'POST', headers, body });
  expect(await after.text()).toContain('已解约');
});
