import { randomBytes } from 'node:crypto';
import {
  packSignedState,
  payloadOf,
  readSignedState,
  type Signature,
} from '../../../platform/crypto/signed-state.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type LoginPurpose, packPurpose, readPurpose } from '../domain/login-state.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { useLogin } from '../store/used-login-store.ts';
import { countWalletLogin } from './sign-in.ts';
import { accountOf, type KnownWallet, scopeOf } from './wallet-code.ts';

const purpose = 'resident.login-state';

/** The address of the wallet that sends the browser back with a code. @throws WALLET_NOT_OFFERED */
export async function startHop(
  deps: ResidentDeps,
  input: {
    readonly companyId: string;
    readonly shortCode: string;
    readonly channel: string;
    /** The app of that channel; without it the company's first. */
    readonly appId: string | undefined;
    readonly wants: LoginPurpose['wants'];
    readonly browser: string;
  },
): Promise<string> {
  const { companyId, shortCode, channel, appId, wants, browser } = input;
  const account = await accountOf(deps, companyId, channel, appId);
  const payload = packPurpose({ accountNumber: account.number, shortCode, wants });
  const issuedAt = deps.clock.now();
  const nonce = randomBytes(8).toString('hex');
  const state = packSignedState({ nonce, issuedAt, payload }, browser, signatureOf(deps));
  const redirectUrl = `${deps.publicUrl}/api/resident/wallet-return/${channel}`;
  return deps.doors.authorizeUrl(deps, account, { redirectUrl, state });
}

export interface Return {
  readonly channel: string;
  readonly state: string;
  readonly loginCode: string;
  readonly browser: string | undefined;
  readonly userAgent: string;
  readonly ip: string;
}

export interface CameBack {
  readonly companyId: string;
  readonly wants: LoginPurpose['wants'];
  readonly wallet: KnownWallet;
}

/**
 * Who came back from the wallet. A state that is not ours, of another browser, old or used, and a
 * code that the wallet does not know, sign nobody in. @throws WALLET_LOGIN_FAILED, WALLET_TOO_OFTEN
 */
export async function finishHop(deps: ResidentDeps, back: Return): Promise<CameBack> {
  const { browser, loginCode } = back;
  const now = deps.clock.now();
  const signature = signatureOf(deps);
  const state = browser && readSignedState(back.state, browser, { now, signature });
  const asked = state && readPurpose(state.payload);
  const company = asked && (await deps.doors.companyByShortCode(deps, asked.shortCode));
  if (!state || !asked || !company || !loginCode) throw residentErrors.WALLET_LOGIN_FAILED();
  const { companyId } = company;
  await countWalletLogin(deps, companyId, back.ip);
  const { account, isFirst } = await deps.db.transaction(companyId, async (tx) => {
    const found = await deps.doors.merchantAccountByNumber(tx, asked.accountNumber);
    return { account: found, isFirst: await useLogin(tx, state.nonce, now) };
  });
  if (account?.channel !== back.channel || !isFirst) throw residentErrors.WALLET_LOGIN_FAILED();
  const login = await deps.doors.openIdOf(deps, account, {
    code: loginCode,
    userAgent: back.userAgent,
  });
  if ('failed' in login) throw residentErrors.WALLET_LOGIN_FAILED();
  const wallet = { scope: scopeOf(account), openId: login.openId };
  return { companyId, wants: asked.wants, wallet };
}

/** Company and wish in a state, believed for nothing but the page to go back to. */
export function purposeInState(state: string): LoginPurpose | undefined {
  return readPurpose(payloadOf(state) ?? '');
}

function signatureOf({ secrets }: Pick<Deps, 'secrets'>): Signature {
  return {
    sign: (text) => secrets.sign(purpose, text),
    isSigned: (text, signature) => secrets.hasSigned(purpose, text, signature),
  };
}
