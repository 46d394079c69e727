import {
  packSignedState,
  payloadOf,
  readSignedState,
  type Signature,
} from '../../platform/crypto/signed-state.ts';

const form = /^([0-9a-z]{4})([a-z][a-z0-9]{1,6})([0-9a-z]{17})$/;

export interface LoginState {
  /** Used up once. */
  readonly nonce: string;
  readonly issuedAt: Date;
  /** Number of the merchant account whose app asks who this is. */
  readonly accountNumber: number;
  readonly code: string;
}

/** What travels to the wallet and back: account and room code, signed with the browser's id. */
export function packState(state: LoginState, browser: string, signature: Signature): string {
  const { nonce, issuedAt, accountNumber, code } = state;
  const payload = accountNumber.toString(36).padStart(4, '0') + code.replace('-', '');
  return packSignedState({ nonce, issuedAt, payload }, browser, signature);
}

/** @returns undefined unless it is ours, of this browser, and at most ten minutes old */
export function readState(
  text: string,
  browser: string,
  facts: { readonly now: Date; readonly signature: Signature },
): LoginState | undefined {
  const state = readSignedState(text, browser, facts);
  const match = state && form.exec(state.payload);
  if (!state || !match) return undefined;
  const [, account = '', shortCode = '', digits = ''] = match;
  const { nonce, issuedAt } = state;
  const accountNumber = Number.parseInt(account, 36);
  return { nonce, issuedAt, accountNumber, code: `${shortCode}-${digits}` };
}

/** The room code inside, believed for nothing but the page to go back to. */
export function codeInState(text: string): string | undefined {
  const match = form.exec(payloadOf(text) ?? '');
  return match ? `${match[2]}-${match[3]}` : undefined;
}
