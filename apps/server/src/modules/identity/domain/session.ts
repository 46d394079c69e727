/** One shift; then one signs in again. */
export const absoluteMs = 12 * 3_600_000;
/** Without a request for this long the session is over. */
export const idleMs = 4 * 3_600_000;
/** The last use is written at most this often, so that reading does not mean writing. */
export const touchEveryMs = 5 * 60_000;

export const sessionCookie = 'wuye_session';

const tokenPattern =
  /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.[\w-]{43}$/;

/** A token names its company, because the row behind it is found by company only. */
export function sessionToken(companyId: string, secret: Buffer): string {
  return `${companyId.replaceAll('-', '')}.${secret.toString('base64url')}`;
}

/** @returns the company that a token names, or undefined if it is not of our making */
export function companyOfToken(token: string): string | undefined {
  return tokenPattern.exec(token)?.slice(1).join('-');
}

/** Attempts for one name within a window; then sign-in waits for its end. A success resets. */
export const maxAttempts = 8;
export const attemptWindowMs = 15 * 60_000;

export interface Attempts {
  readonly attempts: number;
  readonly windowStartedAt: Date;
}

/** @returns until when a name is locked, or undefined */
export function lockedUntil(guard: Attempts | undefined, at: Date): Date | undefined {
  if (guard === undefined || guard.attempts < maxAttempts) return undefined;
  const end = new Date(guard.windowStartedAt.getTime() + attemptWindowMs);
  return end > at ? end : undefined;
}
