import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { refreshPlatformKeys, tidyChannels } from './use-cases/refresh-platform-keys.ts';

const hourMs = 3_600_000;

export function channelsTasks(deps: Deps): PeriodicTask[] {
  return [
    {
      name: 'channels.refresh-platform-keys',
      // The channel asks for less than 12 hours.
      everyMs: 6 * hourMs,
      run: () => refreshPlatformKeys(deps),
    },
    { name: 'channels.tidy', everyMs: 24 * hourMs, run: () => tidyChannels(deps) },
  ];
}
