import type { MerchantAccount, RefusalReason } from '../channel.ts';
import { textOf } from './json.ts';

type Ids = Readonly<Record<string, string>>;
type Wire = Readonly<Record<string, unknown>>;

/** Whether a partner (服务商) trades for the company: its numbers then stand beside ours. */
export function isPartner({ subMchId }: MerchantAccount): boolean {
  return subMchId !== null;
}

/** The app in which payers log in and pay: theirs are the ids, and the signed parameters. */
export function payerAppOf({ appId, subAppId }: MerchantAccount): string {
  return subAppId ?? appId;
}

/** Who trades, as every call of v3 names it. */
export function merchantIds({ mchId, subMchId }: MerchantAccount): Ids {
  return subMchId === null ? { mchid: mchId } : { sp_mchid: mchId, sub_mchid: subMchId };
}

/** The same with the apps, as new orders name it. */
export function orderIds(account: MerchantAccount): Ids {
  const { appId, subAppId } = account;
  const apps = isPartner(account)
    ? { sp_appid: appId, ...(subAppId !== null && { sub_appid: subAppId }) }
    : { appid: appId };
  return { ...apps, ...merchantIds(account) };
}

/** Refunds and bills name the sub-merchant alone: the partner is who signs. */
export function subMerchantIds({ subMchId }: MerchantAccount): Ids {
  return subMchId === null ? {} : { sub_mchid: subMchId };
}

/** The payer, by the app that the id belongs to. */
export function payerIds(account: MerchantAccount, openId: string): Ids {
  if (!isPartner(account)) return { openid: openId };
  return account.subAppId === null ? { sp_openid: openId } : { sub_openid: openId };
}

export function payerOpenIdOf(account: MerchantAccount, payer: Wire | undefined) {
  const [name = ''] = Object.keys(payerIds(account, ''));
  return textOf(payer?.[name]);
}

/** Why what the channel says is not about this account. */
export function foreignMerchant(account: MerchantAccount, wire: Wire): RefusalReason | undefined {
  const isOurs = Object.entries(merchantIds(account)).every(([name, id]) => wire[name] === id);
  return isOurs ? undefined : 'foreign-merchant';
}

export function foreignParty(account: MerchantAccount, wire: Wire): RefusalReason | undefined {
  const { appId, subAppId } = account;
  if (foreignMerchant(account, wire)) return 'foreign-merchant';
  if (!isPartner(account)) return wire.appid === appId ? undefined : 'foreign-app';
  // A code payment is made in no app of the sub-merchant's, so its name may be left out.
  const isSubApp = subAppId === null || [undefined, '', subAppId].includes(textOf(wire.sub_appid));
  return wire.sp_appid === appId && isSubApp ? undefined : 'foreign-app';
}

/** Of v2: the partner's numbers come first, whoever's they are. */
export function v2Ids({ appId, mchId, subAppId, subMchId }: MerchantAccount): Ids {
  return {
    appid: appId,
    mch_id: mchId,
    ...(subMchId !== null && subAppId !== null && { sub_appid: subAppId }),
    ...(subMchId !== null && { sub_mch_id: subMchId }),
  };
}

/** What v2 repeats of the account must be ours; it may leave out what failed early. */
export function foreignV2(account: MerchantAccount, fields: Ids): RefusalReason | undefined {
  const ids = v2Ids(account);
  const differs = (name: string) => fields[name] !== undefined && fields[name] !== ids[name];
  if (differs('mch_id') || differs('sub_mch_id')) return 'foreign-merchant';
  const isOtherSubApp = account.subAppId !== null && differs('sub_appid');
  return differs('appid') || isOtherSubApp ? 'foreign-app' : undefined;
}

/** `?a=b&…`, percent-encoded. */
export function queryOf(parameters: Ids): string {
  const parts = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
