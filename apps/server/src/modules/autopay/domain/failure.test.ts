import { expect, test } from 'vitest';
import { meaningOf } from './failure.ts';

test.each([
  ['NOTENOUGH', 'channel-closed', 'no-money', true],
  ['用户余额不足，扣款失败', 'channel-closed', 'no-money', true],
  ['ACQ.BUYER_BALANCE_NOT_ENOUGH', 'refused', 'no-money', true],
  ['RULELIMIT', 'refused', 'wallet-limit', true],
  ['ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED', 'refused', 'wallet-limit', true],
  ['ACQ.CYCLE_PAY_DATE_NOT_MATCH', 'refused', 'wallet-limit', true],
  ['CONTRACTERROR', 'refused', 'mandate-ended', false],
  ['ACQ.AGREEMENT_INVALID', 'refused', 'mandate-ended', false],
  ['NOAUTH', 'refused', 'wallet-refused', false],
  [null, 'expired', 'not-answered', true],
  ['NOTENOUGH', 'taken-over', 'taken-over', false],
  ['SOMETHING_NEW', 'refused', 'other', true],
])('a channel that says %s and closes as %s means %s', (told, reason, code, isRetried) => {
  expect(meaningOf(told, reason)).toEqual({ code, isRetried });
});
