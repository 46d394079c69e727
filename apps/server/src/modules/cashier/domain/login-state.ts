/** The channel keeps at most 128 letters and digits of it. */
const form =
  /^([0-9a-f]{16})([0-9a-f]{8})([0-9a-z]{4})([a-z][a-z0-9]{1,6})([0-9a-z]{17})([0-9a-f]{64})$/;
const lifeMs = 10 * 60_000;
/** Clocks of two of our processes may differ by this much. */
const skewMs = 60_000;

export interface LoginState {
  /** Used up once. */
  readonly nonce: string;
  readonly issuedAt: Date;
  /** Number of the merchant account whose app asks who this is. */
  readonly accountNumber: number;
  readonly code: string;
}

export interface Signature {
  readonly sign: (text: string) => string;
  readonly isSigned: (text: string, signature: string) => boolean;
}

/**
 * What travels to the wallet and back: nonce, time, account and room code, signed with the
 * browser's id.
 */
export function packState(state: LoginState, browser: string, { sign }: Signature): string {
  const seconds = Math.floor(state.issuedAt.getTime() / 1000);
  const time = seconds.toString(16).padStart(8, '0');
  const account = state.accountNumber.toString(36).padStart(4, '0');
  const text = state.nonce + time + account + state.code.replace('-', '');
  return text + Buffer.from(sign(`${text}.${browser}`), 'base64url').toString('hex');
}

/** @returns undefined unless it is ours, of this browser, and at most ten minutes old */
export function readState(
  text: string,
  browser: string,
  facts: { readonly now: Date; readonly signature: Signature },
): LoginState | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, nonce = '', seconds = '', account = '', shortCode = '', digits = '', hex = ''] = match;
  const signed = `${text.slice(0, -64)}.${browser}`;
  const signature = Buffer.from(hex, 'hex').toString('base64url');
  if (!facts.signature.isSigned(signed, signature)) return undefined;
  const issuedAt = new Date(Number.parseInt(seconds, 16) * 1000);
  const age = facts.now.getTime() - issuedAt.getTime();
  if (age > lifeMs || age < -skewMs) return undefined;
  const accountNumber = Number.parseInt(account, 36);
  return { nonce, issuedAt, accountNumber, code: `${shortCode}-${digits}` };
}

/** The room code inside, believed for nothing but the page to go back to. */
export function codeInState(text: string): string | undefined {
  const match = form.exec(text);
  return match ? `${match[4]}-${match[5]}` : undefined;
}
