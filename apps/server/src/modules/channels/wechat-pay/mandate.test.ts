import { fen } from '@wuye-pay/money';
import { expect, test } from 'vitest';
import { wechatContext, wechatCredentials } from '../../../../test/wechat-context.ts';
import { mandates } from './mandate.ts';

test('a name in the page’s signed address cannot pass for fields of a notice', async () => {
  const credentials = { ...wechatCredentials, planId: '123' };
  const { account } = wechatContext();
  const endpoints = { papay: 'https://api.mch.weixin.qq.com/papay' };
  const context = wechatContext({ credentials, account: { ...account, endpoints } });
  const asked = await mandates.sign(context, {
    mandateNo: 'm1',
    displayName: 'x&result_code=SUCCESS&y=',
    limitFen: fen(100_00),
    firstDebitOn: '2026-12-01',
    returnUrl: 'https://pay.example.com/q/1',
    requestedAt: new Date('2026-11-24T02:00:00Z'),
  });
  const instructions = asked.state === 'accepted' ? asked.instructions : undefined;
  const { searchParams } = new URL(instructions?.kind === 'redirect' ? instructions.url : '');
  expect(searchParams.get('contract_display_account')).toBe('xresult_codeSUCCESSy');
});
