import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { forgetLogins } from './use-cases/forget-logins.ts';

const hourMs = 3_600_000;

export function cashierTasks(deps: Deps): PeriodicTask[] {
  return [{ name: 'cashier.forget-logins', everyMs: 6 * hourMs, run: () => forgetLogins(deps) }];
}
