import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { walletLimit } from '../domain/limits.ts';
import type { Surface } from '../domain/session.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { hashOfToken } from '../request-token.ts';
import {
  accountOfPhone,
  accountOfWallet,
  insertAccountOfPhone,
  insertAccountOfWallet,
  lockAccounts,
} from '../store/account-store.ts';
import { endSessionOfToken } from '../store/session-store.ts';
import { auditName } from './authenticate-resident.ts';
import { beginSession } from './begin-session.ts';
import { addressKey, countAttempt } from './count-attempt.ts';
import { withCode } from './prove-code.ts';
import { type KnownWallet, openIdByMiniProgram, type WalletCode } from './wallet-code.ts';

/** From where somebody signs in. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string | undefined;
  /** The session that this browser had until now, which ends. */
  readonly formerToken: string | undefined;
  readonly language: 'zh' | 'en';
}

export interface Begun {
  readonly companyId: string;
  readonly accountId: string;
  readonly token: string;
  readonly isNew: boolean;
}

export interface PhoneSignIn {
  readonly companyId: string;
  readonly surface: Surface;
  readonly codeId: string;
  readonly code: string;
  readonly from: Origin;
}

/** @throws CODE_WRONG, CODE_TRIED_TOO_OFTEN */
export async function signInByPhone(deps: ResidentDeps, input: PhoneSignIn): Promise<Begun> {
  const { companyId, surface, code, from } = input;
  const typed = { companyId, id: input.codeId, kind: 'phone', accountId: null, code } as const;
  return await withCode(deps, { ...typed, ip: from.ip }, async (tx, proved) => {
    const at = deps.clock.now();
    const id = newId(at);
    const phone = { cipher: proved.toCipher, index: proved.toIndex, masked: proved.toMasked };
    const { language } = from;
    const isNew = await insertAccountOfPhone(tx, { id, phone, language }, at);
    const accountId = isNew ? id : await accountOfPhone(tx, proved.toIndex);
    if (accountId === undefined) throw residentErrors.CODE_WRONG();
    return await begin(tx, deps, { accountId, isNew, surface, how: 'phone', from });
  });
}

export interface WalletSignIn extends WalletCode {
  readonly companyId: string;
  readonly from: Origin;
}

/** By the code that the wallet gave its mini-program. @throws WALLET_LOGIN_FAILED */
export async function signInByMiniProgram(deps: ResidentDeps, input: WalletSignIn): Promise<Begun> {
  const { companyId, from } = input;
  await countWalletLogin(deps, companyId, from.ip);
  const wallet = await openIdByMiniProgram(deps, companyId, input);
  const surface = input.channel === 'alipay' ? 'alipay' : 'wechat';
  return await signInAs(deps, { companyId, wallet, surface, from });
}

/** The wallet said who this is: their account, or a new one. */
export async function signInAs(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: {
    readonly companyId: string;
    readonly wallet: KnownWallet;
    readonly surface: Surface;
    readonly from: Origin;
  },
): Promise<Begun> {
  const { companyId, surface, from } = input;
  return await deps.db.transaction(companyId, async (tx) => {
    const at = deps.clock.now();
    const id = newId(at);
    const wallet = { id: newId(at), ...input.wallet };
    const { language } = from;
    const isNew = await insertAccountOfWallet(tx, { id, wallet, language }, at);
    const accountId = isNew ? id : await accountOfWallet(tx, wallet);
    if (accountId === undefined) throw residentErrors.WALLET_LOGIN_FAILED();
    return await begin(tx, deps, { accountId, isNew, surface, how: 'wallet', from });
  });
}

/** @throws WALLET_TOO_OFTEN */
export async function countWalletLogin(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
  ip: string,
): Promise<void> {
  const counted = [{ limit: walletLimit, key: addressKey(ip) }];
  const seconds = await countAttempt(deps, companyId, counted);
  if (seconds === undefined) return;
  throw residentErrors.WALLET_TOO_OFTEN({ values: { minutes: Math.ceil(seconds / 60) } });
}

export interface Beginning {
  readonly accountId: string;
  readonly isNew: boolean;
  readonly surface: Surface;
  readonly how: 'phone' | 'wallet' | 'switch';
  readonly from: Origin;
}

/** A new session in place of the one that the browser had, with its line in the log. */
export async function begin(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { accountId, isNew, surface, how, from }: Beginning,
): Promise<Begun> {
  // Waits for whoever closes the account at this moment.
  const [account] = await lockAccounts(tx, [accountId]);
  if (!account) throw residentErrors.WALLET_LOGIN_FAILED();
  if (from.formerToken !== undefined) {
    await endSessionOfToken(tx, hashOfToken(from.formerToken), deps.clock.now());
  }
  const token = await beginSession(tx, deps, { accountId, surface, ...from });
  const name = auditName(account.phoneMasked);
  const { companyId } = tx;
  await recordAudit(tx, deps.clock, {
    actor: { kind: 'resident', companyId, id: accountId, name, language: 'zh', ip: from.ip },
    action: 'resident.sign_in',
    subjectKind: 'resident',
    subjectId: accountId,
    detail: { surface, how, isNew },
  });
  return { companyId, accountId, token, isNew };
}
