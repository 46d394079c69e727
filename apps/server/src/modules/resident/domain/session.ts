/** People come back every month or quarter; signing in again each time would lose them. */
export const absoluteMs = 180 * 24 * 3_600_000;
/** The last use is written at most this often, so that reading does not mean writing. */
export const touchEveryMs = 3_600_000;

/**
 * Of the H5 page, one name a company, so that two companies on one origin do not overwrite each
 * other's; a mini-program keeps no cookies and sends `Authorization: Bearer`.
 */
export function sessionCookieOf(shortCode: string): string {
  return `resident-${shortCode}`;
}

/** Read by the page: it changes whenever somebody signs in, whoever it is. */
export function markCookieOf(shortCode: string): string {
  return `mark-${shortCode}`;
}

const cookiePattern = /^resident-[a-z][a-z0-9]{1,6}$/;

export function isSessionCookie(name: string): boolean {
  return cookiePattern.test(name);
}

/** The company in whose pages an address lies. */
export function companyOfPage(address: string): string | undefined {
  return /^https?:\/\/[^/]+\/r\/([a-z][a-z0-9]{1,6})(?:[/?#]|$)/.exec(address)?.[1];
}

const tokenPattern =
  /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.[\w-]{43}$/;

export type Surface = 'h5' | 'wechat' | 'alipay';

/** A token names its company, because the row behind it is found by company only. */
export function sessionToken(companyId: string, secret: Buffer): string {
  return `${companyId.replaceAll('-', '')}.${secret.toString('base64url')}`;
}

/** @returns the company that a token names, or undefined if it is not of our making */
export function companyOfToken(token: string): string | undefined {
  return tokenPattern.exec(token)?.slice(1).join('-');
}
