import type { Deps } from '../../platform/deps.ts';
import type { PeriodicTask } from '../../platform/periodic.ts';
import { refreshPlatformKeys, tidyChannels } from './use-cases/refresh-platform-keys.ts';
import { warnOfExpiry } from './use-cases/warn-expiry.ts';
import { watchCircuits } from './use-cases/watch-circuits.ts';

const hourMs = 3_600_000;

export function channelsTasks(deps: Deps): PeriodicTask[] {
  return [
    {
      name: 'channels.refresh-platform-keys',
      // The channel asks for less than 12 hours.
      everyMs: 6 * hourMs,
      run: () => refreshPlatformKeys(deps),
    },
    {
      name: 'channels.watch-circuits',
      everyMs: 10_000,
      run: () => watchCircuits(deps),
    },
    { name: 'channels.warn-expiry', everyMs: 24 * hourMs, run: () => warnOfExpiry(deps) },
    { name: 'channels.tidy', everyMs: 24 * hourMs, run: () => tidyChannels(deps) },
  ];
}
