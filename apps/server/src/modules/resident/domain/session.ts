/** People come back every month or quarter; signing in again each time would lose them. */
export const absoluteMs = 180 * 24 * 3_600_000;
/** The last use is written at most this often, so that reading does not mean writing. */
export const touchEveryMs = 3_600_000;

/** Of the H5 page; a mini-program keeps no cookies and sends `Authorization: Bearer`. */
export const sessionCookie = 'wuye_resident';

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
