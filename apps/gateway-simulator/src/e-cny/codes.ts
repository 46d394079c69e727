import { randomInt } from 'node:crypto';
import type { CodeOutcome, Deps, PaymentCode } from './records.ts';

const LIFE_MS = 60_000;

/** 01 and 17 digits more: no other wallet's codes begin so. */
export function makeCode(deps: Deps, user: number, outcome: CodeOutcome): PaymentCode {
  const walletCode = `01${digits(17)}`;
  const expireAt = deps.clock.scheduleNow() + LIFE_MS;
  return deps.records.codes.set(walletCode, {
    walletCode,
    user,
    outcome,
    expireAt,
    isUsed: false,
  });
}

/** Reads a code for good, as a scanner does; undefined when it is unknown or was read before. */
export function takeCode(deps: Deps, walletCode: string): PaymentCode | undefined {
  const code = deps.records.codes.get(walletCode);
  if (code === undefined || code.isUsed) return undefined;
  deps.records.codes.set(walletCode, { ...code, isUsed: true });
  const isOver = code.expireAt <= deps.clock.scheduleNow();
  return isOver ? { ...code, outcome: 'expired' } : code;
}

export function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
