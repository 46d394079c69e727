import type { CashierDeps } from '../doors.ts';
import { codeInState, readState } from '../login-state.ts';
import { idAt, payerCookieOf, readPayer, scopeOf, sealPayer } from '../payer.ts';
import { signatureOf } from '../signature.ts';
import { useLogin } from '../store/used-login-store.ts';
import { companyOfCode, findHome } from './find-home.ts';

export interface Return {
  /** The channel that the browser comes back from. */
  readonly channel: string;
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
    await findHome(tx, state.code); // A code that was replaced meanwhile logs nobody in.
    const found = await deps.doors.merchantAccountByNumber(tx, state.accountNumber);
    return { account: found, isFirst: await useLogin(tx, state.nonce, now) };
  });
  if (account?.channel !== back.channel) return { kind: 'refused', path };
  const visitor = { payerCookie: back.cookies[name], browser: back.browser };
  const payer = readPayer(deps, companyId, visitor);
  // A reload: whoever is known already goes on, the others begin again.
  if (!isFirst) return { kind: idAt(payer, account) ? 'known' : 'again', path };
  const { loginCode: code, userAgent } = back;
  const login = await deps.doors.openIdOf(deps, account, { code, userAgent });
  if ('openId' in login) {
    const scope = scopeOf(account);
    const others = payer.ids.filter((id) => id.scope !== scope);
    const ids = [...others, { scope, openId: login.openId }];
    return { kind: 'known', path, cookie: { name, value: sealPayer(deps, companyId, ids) } };
  }
  return login.failed === 'used-code' ? { kind: 'again', path } : { kind: 'refused', path };
}
