import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beijing, isSignedForm, startAlipay } from '../../test/alipay-merchant.ts';

let scene: Awaited<ReturnType<typeof startAlipay>>;
beforeAll(async () => {
  scene = await startAlipay();
});
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.control('POST', 'reset', {});
  scene.receiver.clear();
});

const SIGN = 'alipay.user.agreement.page.sign';
const DAY_MS = 86_400_000;
const dayAfter = (days: number) => beijing(Date.now() + days * DAY_MS).slice(0, 10);
const sign = (no: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  personal_product_code: 'CYCLE_PAY_AUTH_P',
  product_code: 'CYCLE_PAY_AUTH',
  sign_scene: 'INDUSTRY|PROPERTY',
  external_agreement_no: no,
  access_params: { channel: 'QRCODE' },
  period_rule_params: {
    period_type: 'DAY',
    period: '30',
    execute_time: dayAfter(3),
    single_amount: '300.00',
  },
  ...changes,
});
const open = (no: string, changes: Record<string, unknown> = {}, more = {}) =>
  fetch(scene.pageUrl(SIGN, sign(no, changes), more));
const debit = (outTradeNo: string, agreementNo: unknown, amount = '254.70') =>
  scene.call('alipay.trade.pay', {
    ...scene.order(outTradeNo, { total_amount: amount }),
    product_code: 'CYCLE_PAY_AUTH',
    agreement_params: { agreement_no: agreementNo },
  });

async function signed(no: string): Promise<unknown> {
  await open(no);
  const done = await scene.control('POST', `alipay/mandates/${no}/sign`, {
    outcome: 'signed',
    user: 2,
  });
  return done.json.agreementNo;
}

test('a payer signs on the page, the merchant is told, the browser returns', async () => {
  const page = await open('MANDATE1', {}, { return_url: 'https://pay.example.com/signed' });
  const text = await page.text();
  expect(text).toContain('幸福物业');
  expect(text).toContain('¥300.00');
  const agreement = /name="agreement" value="(\d+)"/.exec(text)?.[1] ?? '';
  const query = () =>
    scene.call('alipay.user.agreement.query', { external_agreement_no: 'MANDATE1' });
  expect((await query()).value.status).toBe('TEMP');
  const post = (password: string) =>
    fetch(`${scene.simulator.url}/alipay/agreement`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: 'sim_user=3' },
      body: new URLSearchParams({ agreement, outcome: 'signed', password }),
    });
  expect((await post('000000')).status).toBe(400);
  const back = new URL((await post('123456')).headers.get('location') ?? '');
  expect(back.searchParams.get('agreement_no')).toBe(agreement);
  expect(isSignedForm(back.searchParams, scene.alipayKey())).toBe(true);
  const [notice] = await scene.receiver.heard(1);
  expect(notice?.isSigned).toBe(true);
  expect(Object.fromEntries(notice?.form ?? [])).toMatchObject({
    notify_type: 'dut_user_sign',
    status: 'NORMAL',
    external_agreement_no: 'MANDATE1',
    alipay_user_id: '2088302146225353',
  });
  expect((await query()).value).toMatchObject({ status: 'NORMAL', next_deduct_time: dayAfter(3) });
});

test('a debit falls into the plan, moves it on, and is notified like a payment', async () => {
  const no = await signed('MANDATE2');
  const paid = await debit('DEBIT1', no);
  expect(paid.value).toMatchObject({ code: '10000', total_amount: '254.70' });
  const notices = await scene.receiver.heard(2);
  expect(notices[1]?.form.get('out_trade_no')).toBe('DEBIT1');
  const view = await scene.call('alipay.user.agreement.query', { agreement_no: no });
  expect(view.value.next_deduct_time).toBe(dayAfter(33));
  expect((await debit('DEBIT2', no)).value.sub_code).toBe('ACQ.CYCLE_PAY_DATE_NOT_MATCH');
  const move = { agreement_no: no, deduct_time: dayAfter(1), memo: '改期' };
  const moved = await scene.call('alipay.user.agreement.executionplan.modify', move);
  expect(moved.value).toMatchObject({ code: '10000', deduct_time: dayAfter(1) });
  expect((await debit('DEBIT3', no, '300.01')).value.sub_code).toBe(
    'ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED',
  );
  await scene.control('POST', 'alipay/mandates/MANDATE2/debits', { outcome: 'no-money' });
  expect((await debit('DEBIT4', no)).value.sub_code).toBe('ACQ.BUYER_BALANCE_NOT_ENOUGH');
});

test('the merchant or the payer ends it; then nothing can be debited', async () => {
  const no = await signed('MANDATE3');
  const end = () => scene.call('alipay.user.agreement.unsign', { agreement_no: no });
  expect((await end()).value.code).toBe('10000');
  expect((await end()).value.sub_code).toBe('USER_AGREEMENT_NOT_EXIST');
  expect((await debit('DEBIT5', no)).value.sub_code).toBe('ACQ.AGREEMENT_INVALID');
  const other = await signed('MANDATE4');
  await fetch(`${scene.simulator.url}/alipay/agreement/end`, {
    method: 'POST',
    body: new URLSearchParams({ agreement: String(other) }),
  });
  const notices = await scene.receiver.heard(4);
  const ended = notices.filter(({ form }) => form.get('notify_type') === 'dut_user_unsign');
  expect(ended.map(({ form }) => form.get('status'))).toEqual(['UNSIGN', 'UNSIGN']);
});

test('a payer who does not sign leaves nothing to debit', async () => {
  const link = scene.pageUrl(SIGN, sign('MANDATE5'));
  await scene.control('POST', 'alipay/mandates/MANDATE5/sign', { outcome: 'cancel', link });
  const view = (await scene.control('GET', 'alipay/mandates/MANDATE5')).json;
  expect(view.status).toBe('TEMP');
  expect((await debit('DEBIT6', view.agreementNo)).value.sub_code).toBe('ACQ.AGREEMENT_INVALID');
});

test.each([
  ['no plan', { period_rule_params: undefined }],
  ['the default scene', { sign_scene: 'DEFAULT|DEFAULT' }],
  ['no channel of access', { access_params: undefined }],
  ['an unknown product', { personal_product_code: 'X' }],
  [
    'the 29th of a month',
    {
      period_rule_params: {
        period_type: 'MONTH',
        period: 1,
        execute_time: '2099-03-29',
        single_amount: '1.00',
      },
    },
  ],
])('a signing page with %s is refused', async (_, changes) => {
  expect((await open('MANDATE6', changes as Record<string, unknown>)).status).toBe(400);
});
