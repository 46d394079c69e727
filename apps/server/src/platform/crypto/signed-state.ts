/** Nonce, seconds, whatever the caller packs, signature: 128 characters at most may travel. */
const form = /^([0-9a-f]{16})([0-9a-f]{8})([0-9a-z]{1,40})([0-9a-f]{64})$/;
const lifeMs = 10 * 60_000;
/** Clocks of two of our processes may differ by this much. */
const skewMs = 60_000;

export interface SignedState {
  /** Used up once. */
  readonly nonce: string;
  readonly issuedAt: Date;
  /** Digits and small letters. */
  readonly payload: string;
}

export interface Signature {
  readonly sign: (text: string) => string;
  readonly isSigned: (text: string, signature: string) => boolean;
}

/** What travels with a browser to another site and back, signed with the browser's own id. */
export function packSignedState(
  { nonce, issuedAt, payload }: SignedState,
  browser: string,
  { sign }: Signature,
): string {
  const seconds = Math.floor(issuedAt.getTime() / 1000);
  const text = nonce + seconds.toString(16).padStart(8, '0') + payload;
  return text + Buffer.from(sign(`${text}.${browser}`), 'base64url').toString('hex');
}

/** @returns undefined unless it is ours, of this browser, and at most ten minutes old */
export function readSignedState(
  text: string,
  browser: string,
  facts: { readonly now: Date; readonly signature: Signature },
): SignedState | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, nonce = '', seconds = '', payload = '', hex = ''] = match;
  const signed = `${text.slice(0, -64)}.${browser}`;
  const signature = Buffer.from(hex, 'hex').toString('base64url');
  if (!facts.signature.isSigned(signed, signature)) return undefined;
  const issuedAt = new Date(Number.parseInt(seconds, 16) * 1000);
  const age = facts.now.getTime() - issuedAt.getTime();
  if (age > lifeMs || age < -skewMs) return undefined;
  return { nonce, issuedAt, payload };
}

/** What was packed, believed for nothing but the page to go back to. */
export function payloadOf(text: string): string | undefined {
  return form.exec(text)?.[3];
}
