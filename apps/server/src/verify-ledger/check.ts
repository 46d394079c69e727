import type { Tx } from '../platform/database/index.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Finding extends Words {
  /** A notice needs no action by itself. */
  readonly severity: 'failure' | 'notice';
}

/** What was looked at, and what was wrong with it. */
export interface CheckResult {
  readonly seen: Words;
  readonly findings: readonly Finding[];
}

/** One thing that is proved of a company, in a repeatable-read transaction of that company. */
export interface Check {
  readonly title: Words;
  run(tx: Tx, now: Date): Promise<CheckResult>;
}

/** Findings shown for one check; the first ones tell what is wrong. */
export const maxFindings = 20;

/** A process may be between two commits for this long; then it is a finding. */
export const settleWithinMs = 60_000;

export function failure(zh: string, en: string): Finding {
  return { severity: 'failure', zh, en };
}

/** "1,234.50" of a whole number of fen as text, however large. */
export function yuanOf(fen: string): string {
  const digits = fen.replace('-', '').padStart(3, '0');
  const yuan = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${fen.startsWith('-') ? '-' : ''}${yuan}.${digits.slice(-2)}`;
}
