import type { PeriodicTask } from '../../platform/periodic.ts';
import type { Releaser } from './message.ts';
import type { MessagingDeps } from './open-account.ts';
import { releaseDue } from './use-cases/release-due.ts';
import { resolveUncertain } from './use-cases/resolve-uncertain.ts';
import { tidyMessages } from './use-cases/tidy-messages.ts';

/** A message that is due leaves within about a second. */
const everyMs = 1000;
const dayMs = 86_400_000;
/** Workers that send at the same time: a task runs in one process at once. */
const senders = [1, 2] as const;

/** @param options.releasers who decides, at the moment of sending, whether a message is still true */
export function messagingTasks(
  deps: MessagingDeps,
  options: { readonly releasers: readonly Releaser[] },
): PeriodicTask[] {
  return [
    ...senders.map((sender) => ({
      name: `messaging.release-${sender}`,
      everyMs,
      run: async () => void (await releaseDue(deps, options)),
    })),
    {
      name: 'messaging.resolve',
      everyMs: 10_000,
      run: async () => void (await resolveUncertain(deps)),
    },
    { name: 'messaging.tidy', everyMs: dayMs, run: () => tidyMessages(deps) },
  ];
}
