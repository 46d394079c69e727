/** What travels in the signed state of a wallet login: account, company, and what is wanted. */
export interface LoginPurpose {
  /** Number of the merchant account whose app asks who this is. */
  readonly accountNumber: number;
  readonly shortCode: string;
  /** Sign in, or let the wallet sign in to the account that is signed in already. */
  readonly wants: 'sign-in' | 'link';
}

const form = /^([0-9a-z]{4})([sl])([a-z][a-z0-9]{1,6})$/;

export function packPurpose({ accountNumber, shortCode, wants }: LoginPurpose): string {
  return accountNumber.toString(36).padStart(4, '0') + (wants === 'link' ? 'l' : 's') + shortCode;
}

export function readPurpose(payload: string): LoginPurpose | undefined {
  const match = form.exec(payload);
  if (!match) return undefined;
  const [, account = '', wants, shortCode = ''] = match;
  const accountNumber = Number.parseInt(account, 36);
  return { accountNumber, shortCode, wants: wants === 'l' ? 'link' : 'sign-in' };
}

/** A page of this company's app to go back to; anything else is its first page. */
export function pageToReturnTo(shortCode: string, next: string | undefined): string {
  const home = `/r/${shortCode}/`;
  const isOurs = next?.startsWith(home) && /^[\w\-./?=&%#]*$/.test(next) && !next.includes('//');
  return isOurs && next !== undefined ? next : home;
}
