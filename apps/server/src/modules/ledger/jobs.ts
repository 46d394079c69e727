import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { closeDays } from './use-cases/close-days.ts';

const hourMs = 3_600_000;

export function ledgerTasks(deps: Deps): PeriodicTask[] {
  return [{ name: 'ledger.close-days', everyMs: hourMs, run: () => closeDays(deps) }];
}
