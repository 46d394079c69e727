import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import type { ApplyFees } from './imported-fee.ts';
import { runDueImports } from './use-cases/run-due-imports.ts';

/** People wait for the check of their file. */
const everyMs = 1000;

/** @param options.applyFees takes over the fees of a workbook; without it they are left out */
export function estateTasks(
  deps: Deps,
  options: { readonly applyFees?: ApplyFees } = {},
): PeriodicTask[] {
  return [
    {
      name: 'estate.imports',
      everyMs,
      async run() {
        await runDueImports(deps, options);
      },
    },
  ];
}
