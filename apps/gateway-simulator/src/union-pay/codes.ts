import { randomInt } from 'node:crypto';
import type { CoreDeps } from '../deps.ts';
import type { Store, Table } from '../store.ts';

/** What happens when a cashier reads the code. */
export const codeOutcomes = ['paid', 'password', 'expired', 'no-money'] as const;
export type CodeOutcome = (typeof codeOutcomes)[number];

/** A 付款码 on the screen of a payer's wallet. */
export type PaymentCode = {
  authCode: string;
  user: number;
  outcome: CodeOutcome;
  /** ms since 1970 on the schedule's clock. */
  expireAt: number;
  isUsed: boolean;
};

type CodeDeps = Pick<CoreDeps, 'clock' | 'store'>;

const LIFE_MS = 300_000;

/** One wallet shows the codes, whichever way the cashier's request comes. */
export function codeTable(store: Store): Table<PaymentCode> {
  return store.table('union-pay-codes');
}

/** 62 and 17 digits more. */
export function makeCode(deps: CodeDeps, user: number, outcome: CodeOutcome): PaymentCode {
  const digits = Array.from({ length: 17 }, () => randomInt(10)).join('');
  const expireAt = deps.clock.scheduleNow() + LIFE_MS;
  const code = { authCode: `62${digits}`, user, outcome, expireAt, isUsed: false };
  return codeTable(deps.store).set(code.authCode, code);
}

/** Reads a code for good, as a scanner does. */
export function takeCode(deps: CodeDeps, authCode: string): PaymentCode | 'unknown' | 'used' {
  const table = codeTable(deps.store);
  const code = table.get(authCode);
  if (code === undefined) return 'unknown';
  if (code.isUsed) return 'used';
  table.set(authCode, { ...code, isUsed: true });
  const isOver = code.expireAt <= deps.clock.scheduleNow();
  return isOver ? { ...code, outcome: 'expired' } : code;
}
