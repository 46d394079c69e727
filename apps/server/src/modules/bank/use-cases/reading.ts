import type { BalanceCheck } from '@wuye-pay/contract';
import type { StatementEntry } from '../domain/entry.ts';
import type { RowProblem } from '../domain/statement/read-row.ts';

/** What was read of a file, piece by piece. */
export interface Reading {
  entries(entries: readonly StatementEntry[], share: number): Promise<void>;
  problems(problems: readonly RowProblem[]): void;
  balance(check: BalanceCheck): void;
  pending(count: number): void;
  skipped(count: number): void;
}
