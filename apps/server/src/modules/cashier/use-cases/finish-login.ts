import { codeInState, readState } from '../domain/login-state.ts';
import type { CashierDeps } from '../doors.ts';
import { payerCookieOf, readPayer, sealPayer } from '../payer.ts';
import { signatureOf } from '../signature.ts';
import { useLogin } from '../store/used-login-store.ts';
import { companyOfCode, findHome } from './find-home.ts';

export interface Return {
  readonly state: string;
  readonly loginCode: string;
  readonly userAgent: string;
  readonly browser: string | undefined;
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

export type LoginResult =
  | { readonly kind: 'known'; readonly path: string; readonly cookie?: SetPayer }
  /** State or code were used up: begin again. */
  | { readonly kind: 'again'; readonly path: string }
  | { readonly kind: 'refused'; readonly path: string | undefined };

interface SetPayer {
  readonly name: string;
  readonly value: string;
}

/** The browser is back from the wallet: from now on it is known who pays. */
export async function finishLogin(deps: CashierDeps, back: Return): Promise<LoginResult> {
  const claimed = codeInState(back.state);
  const path = claimed && `/q/${claimed}`;
  const now = deps.clock.now();
  const signature = signatureOf(deps);
  const state = back.browser && readState(back.state, back.browser, { now, signature });
  if (!state || !path || !back.loginCode) return { kind: 'refused', path };
  const { companyId, shortCode } = await companyOfCode(deps, state.code);
  const name = payerCookieOf(shortCode);
  const { account, isFirst } = await deps.db.transaction(companyId, async (tx) => {
    const home = await findHome(tx, deps, state.code);
    return { account: home.account, isFirst: await useLogin(tx, state.nonce, now) };
  });
  if (!account) return { kind: 'known', path };
  if (!isFirst) {
    // A reload: whoever is known already goes on, the others begin again.
    const known = readPayer(deps, companyId, back.cookies[name]);
    return known?.appId === account.appId ? { kind: 'known', path } : { kind: 'again', path };
  }
  const login = await deps.doors.openIdOf(deps, account, {
    code: back.loginCode,
    userAgent: back.userAgent,
  });
  if ('openId' in login) {
    const value = sealPayer(deps, companyId, { appId: account.appId, openId: login.openId });
    return { kind: 'known', path, cookie: { name, value } };
  }
  return login.failed === 'used-code' ? { kind: 'again', path } : { kind: 'refused', path };
}
