import type { PeriodicTask } from '../../platform/periodic.ts';
import type { BankDeps } from './deps.ts';
import { runDueImports } from './use-cases/run-due-imports.ts';

/** People wait for the check of their file. */
const everyMs = 1000;

export function bankTasks(deps: BankDeps): PeriodicTask[] {
  return [
    {
      name: 'bank.imports',
      everyMs,
      async run() {
        await runDueImports(deps);
      },
    },
  ];
}
