import type { Deps } from './deps.ts';
import type { CodeOutcome, PaymentCode } from './records.ts';
import { randomDigits } from './signing.ts';

/** How long a shown code is good. */
const LIFE_MS = 600_000;

export const codeOutcomes: Record<CodeOutcome, string> = {
  paid: '直接付款（免密）',
  password: '需要输入密码',
  expired: '付款码已过期',
  'no-money': '余额不足',
};

/** A fresh payment code: 25 to 30 in front, 16 to 24 digits in all. */
export function makeCode(deps: Deps, userNo: number, outcome: CodeOutcome): PaymentCode {
  const now = deps.clock.scheduleNow();
  const expireAt = outcome === 'expired' ? now : now + LIFE_MS;
  const authCode = `28${randomDigits(16)}`;
  return deps.records.codes.set(authCode, { authCode, userNo, outcome, expireAt, isUsed: false });
}

/** Uses a code up, whatever comes of it; undefined when it is no good. */
export function takeCode(deps: Deps, authCode: string): PaymentCode | undefined {
  const code = deps.records.codes.get(authCode);
  if (code === undefined || code.isUsed) return undefined;
  deps.records.codes.set(authCode, { ...code, isUsed: true });
  return code.expireAt > deps.clock.scheduleNow() ? code : undefined;
}
