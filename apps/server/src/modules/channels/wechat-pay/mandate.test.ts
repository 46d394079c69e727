import { fen } from '@wuye-pay/money';
import { expect, test } from 'vitest';
import { wechatContext, wechatCredentials } from '../../../../test/wechat-context.ts';
import type { MandateOrder } from '../mandate.ts';
import { mandates } from './mandate.ts';

test('a mini-program’s request has just what WeChat’s own mini-program takes', async () => {
  const { searchParams } = await addressOf({ isMiniProgram: true });
  expect([...searchParams.keys()].sort()).toEqual([
    'appid',
    'contract_code',
    'contract_display_account',
    'mch_id',
    'notify_url',
    'plan_id',
    'request_serial',
    'sign',
    'timestamp',
  ]);
  const page = await addressOf({});
  expect(page.searchParams.get('version')).toBe('1.0');
});

test('a name in the page’s signed address cannot pass for fields of a notice', async () => {
  const { searchParams } = await addressOf({ displayName: 'x&result_code=SUCCESS&y=' });
  expect(searchParams.get('contract_display_account')).toBe('xresult_codeSUCCESSy');
});

async function addressOf(changes: Partial<MandateOrder>): Promise<URL> {
  const credentials = { ...wechatCredentials, planId: '123' };
  const { account } = wechatContext();
  const endpoints = { papay: 'https://api.mch.weixin.qq.com/papay' };
  const context = wechatContext({ credentials, account: { ...account, endpoints } });
  const asked = await mandates.sign(context, {
    mandateNo: 'm1',
    displayName: '3栋2单元501',
    limitFen: fen(100_00),
    firstDebitOn: '2026-12-01',
    returnUrl: 'https://pay.example.com/q/1',
    requestedAt: new Date('2026-11-24T02:00:00Z'),
    ...changes,
  });
  const instructions = asked.state === 'accepted' ? asked.instructions : undefined;
  return new URL(instructions?.kind === 'redirect' ? instructions.url : '');
}
