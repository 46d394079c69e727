import { fen } from '@wuye-pay/money';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alipayCredentials } from '../../../../test/alipay-context.ts';
import { failure, startGateway, success } from '../../../../test/alipay-gateway.ts';
import { mandates } from './mandate.ts';
import { readForm } from './notify.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const credentials = { ...alipayCredentials, signScene: 'INDUSTRY|PROPERTY' };
const order = {
  mandateNo: 'M1',
  displayName: '3栋2单元501',
  limitFen: fen(500_00),
  firstDebitOn: '2026-12-31',
  returnUrl: 'https://pay.example.com/q/1',
  requestedAt: new Date('2026-12-01T00:00:00Z'),
};
const known = { external_agreement_no: 'M1', agreement_no: '20260101', status: 'NORMAL' };

test('the payer is asked on a page of the wallet, for a day that every month has', async () => {
  const result = await mandates.sign(gateway.contextOf({ credentials }), order);
  const url = result.state === 'accepted' && result.instructions.kind === 'redirect';
  const form = readForm(url ? (result.instructions.url.split('?')[1] ?? '') : '');
  expect(form).toMatchObject({ method: 'alipay.user.agreement.page.sign' });
  expect(JSON.parse(form?.biz_content ?? '')).toMatchObject({
    external_agreement_no: 'M1',
    sign_scene: 'INDUSTRY|PROPERTY',
    period_rule_params: { execute_time: '2027-01-01', single_amount: '500.00' },
  });
});

test('without the scene of the contract nobody is asked, and it says why', async () => {
  expect(await mandates.sign(gateway.contextOf(), order)).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('sign_scene'),
  });
});

test.each([
  [success(known), 'known'],
  [success({ ...known, status: 'STOP' }), 'known'],
  [success({ ...known, status: 'TEMP' }), 'pending'],
  [success({ ...known, status: 'NEW_WORD' }), 'unknown'],
  [success({ ...known, external_agreement_no: 'M2' }), 'unknown'],
  [failure('USER_AGREEMENT_NOT_EXIST'), 'not-found'],
  [failure('ACQ.INVALID_PARAMETER'), 'unknown'],
  [failure('ACQ.SYSTEM_ERROR'), 'unknown'],
])('the answer %j is %s', async (answer, state) => {
  gateway.willAnswer(answer);
  const found = await mandates.query(gateway.contextOf({ credentials }), 'M1');
  expect(found).toMatchObject({ state });
});

test('a debit on another day than planned moves the plan, once', async () => {
  const debit = { channelMandateNo: '20260101', amountFen: fen(1), debitOn: '2026-12-05' };
  const announce = async (...answers: object[]) => {
    gateway.willAnswer(...answers);
    return await mandates.announceDebit?.(gateway.contextOf({ credentials }), debit);
  };
  const planned = (day: string) => success({ ...known, next_deduct_time: day });
  expect(await announce(planned('2026-12-05'))).toEqual({ state: 'done' });
  expect(gateway.heard).toHaveLength(1);
  expect(await announce(planned('2026-12-28'), success({}))).toEqual({ state: 'done' });
  expect(gateway.heard[1]?.content).toMatchObject({ deduct_time: '2026-12-05' });
  expect(await announce(planned('2026-12-28'), failure('X'))).toMatchObject({ state: 'refused' });
  expect(await announce(failure('ACQ.SYSTEM_ERROR'))).toMatchObject({ state: 'unknown' });
});

test('an agreement that is gone has ended', async () => {
  const mandate = { mandateNo: 'M1', channelMandateNo: '20260101', reason: '业主要求' };
  const end = (answer: object | (() => string)) => {
    gateway.willAnswer(answer);
    return mandates.end(gateway.contextOf({ credentials }), mandate);
  };
  expect(await end(success({}))).toEqual({ state: 'done' });
  expect(await end(failure('USER_AGREEMENT_NOT_EXIST'))).toEqual({ state: 'done' });
  expect(await end(failure('ILLEGAL_ARGUMENT'))).toMatchObject({ state: 'refused' });
  const unsigned = { alipay_user_agreement_unsign_response: failure('ILLEGAL_ARGUMENT') };
  expect(await end(() => JSON.stringify(unsigned))).toMatchObject({ state: 'unknown' });
});
