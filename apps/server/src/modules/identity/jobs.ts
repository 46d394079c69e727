import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { deleteEnded } from './use-cases/delete-ended.ts';

const dayMs = 86_400_000;

export function identityTasks(deps: Deps): PeriodicTask[] {
  return [
    { name: 'identity.delete-ended', everyMs: dayMs, run: async () => await deleteEnded(deps) },
  ];
}
