import type { ExpiryView, MerchantAccountView } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, overlapMs } from '../open-account.ts';
import { type ListedAccount, listMerchantAccounts } from '../queries/merchant-accounts.ts';
import { channelOf } from '../registry.ts';
import { registrationsOf } from './describe-channels.ts';
import { type Expiry, expiriesOf } from './expiries.ts';

const dayMs = 24 * 3_600_000;

export async function viewMerchantAccounts(
  deps: ChannelDeps,
  companyId: string,
): Promise<MerchantAccountView[]> {
  const accounts = await load(deps, companyId, {});
  return await Promise.all(accounts.map((account) => viewOf(deps, account)));
}

/** @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function viewMerchantAccount(
  deps: ChannelDeps,
  companyId: string,
  id: string,
): Promise<MerchantAccountView> {
  const [account] = await load(deps, companyId, { id });
  if (!account) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return await viewOf(deps, account);
}

async function load(
  deps: ChannelDeps,
  companyId: string,
  only: { readonly id?: string },
): Promise<ListedAccount[]> {
  const yesterday = new Date(deps.clock.now().getTime() - dayMs);
  const refusedSince = dayOf(yesterday, 'UTC');
  return await deps.db.read(companyId, (tx) => listMerchantAccounts(tx, { ...only, refusedSince }));
}

async function viewOf(deps: ChannelDeps, account: ListedAccount): Promise<MerchantAccountView> {
  const {
    companyId: _company,
    shortCode,
    keys,
    createdAt,
    rotatedAt,
    hasPrevious,
    ...shown
  } = account;
  const notifyUrl = `${deps.notifyUrl}/notify/${account.channel}/${shortCode}/${account.number}`;
  const { description } = channelOf(account.channel);
  return {
    ...shown,
    notifyUrl,
    registrations: registrationsOf(deps, description, notifyUrl),
    createdAt: createdAt.toISOString(),
    expiries: (await expiriesOf(deps, account)).map(viewOfExpiry),
    previousUntil: hasPrevious ? previousUntil(rotatedAt, deps.clock.now()) : null,
    platformKeys: keys.map((key) => ({
      ...key,
      validFrom: instant(key.validFrom),
      validTo: instant(key.validTo),
    })),
  };
}

function previousUntil(rotatedAt: Date | null, now: Date): string | null {
  if (!rotatedAt) return null;
  const until = new Date(rotatedAt.getTime() + overlapMs);
  return until > now ? until.toISOString() : null;
}

function viewOfExpiry(expiry: Expiry): ExpiryView {
  return { ...expiry, at: expiry.at.toISOString() };
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
