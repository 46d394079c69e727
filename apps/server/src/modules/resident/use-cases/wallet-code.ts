import type { MerchantAccount } from '../../channels/index.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';

/** Who a wallet says this is, at one of its apps. */
export interface KnownWallet {
  readonly scope: string;
  readonly openId: string;
}

export interface WalletCode {
  readonly channel: string;
  readonly appId?: string | undefined;
  readonly loginCode: string;
}

/** Who the wallet says this is. @throws WALLET_NOT_OFFERED, WALLET_LOGIN_FAILED */
export async function openIdByMiniProgram(
  deps: ResidentDeps,
  companyId: string,
  { channel, appId, loginCode }: WalletCode,
): Promise<KnownWallet> {
  const account = await accountOf(deps, companyId, channel, appId);
  const login = await deps.doors.openIdOfMiniProgram(deps, account, loginCode);
  if ('failed' in login) throw residentErrors.WALLET_LOGIN_FAILED();
  return { scope: scopeOf(account), openId: login.openId };
}

/** The account whose app asks. @throws WALLET_NOT_OFFERED */
export async function accountOf(
  deps: ResidentDeps,
  companyId: string,
  channel: string,
  appId?: string,
): Promise<MerchantAccount> {
  const isKnown = deps.doors.channels().some(({ name, canLogIn }) => name === channel && canLogIn);
  if (!isKnown) throw residentErrors.WALLET_NOT_OFFERED();
  const app = { channel, ...(appId !== undefined && { appId }) };
  const account = await deps.db.read(companyId, (tx) => deps.doors.accountOfApp(tx, app));
  if (!account) throw residentErrors.WALLET_NOT_OFFERED();
  return account;
}

/** Channel and the app in which payers are known, as payments name it. */
export function scopeOf({ channel, appId, subAppId, mchId }: MerchantAccount): string {
  return `${channel}/${subAppId ?? (appId || mchId)}`;
}
