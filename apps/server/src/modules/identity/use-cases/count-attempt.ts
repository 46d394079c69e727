import type { Deps } from '../../../platform/deps.ts';
import { lockedUntil, maxAttempts } from '../domain/session.ts';
import { identityErrors } from '../errors.ts';
import { countAttempt, readAttempts } from '../store/sign-in-guard.ts';

/**
 * Counts an attempt at a password before the password is looked at.
 * @throws SIGN_IN_LOCKED when there were too many within the window
 */
export async function countAttemptOrRefuse(
  deps: Pick<Deps, 'db' | 'clock'>,
  guard: Buffer,
): Promise<void> {
  const at = deps.clock.now();
  const until = lockedUntil(await readAttempts(deps.db.global, guard), at);
  if (until !== undefined) throw locked(until, at);
  const counted = await countAttempt(deps.db.global, guard, at);
  if (counted.attempts <= maxAttempts) return;
  throw locked(lockedUntil(counted, at) ?? at, at);
}

function locked(until: Date, at: Date) {
  const minutes = Math.ceil((until.getTime() - at.getTime()) / 60_000);
  return identityErrors.SIGN_IN_LOCKED({ values: { minutes } });
}
