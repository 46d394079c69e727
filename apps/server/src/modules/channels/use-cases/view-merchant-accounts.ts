import type { MerchantAccountView } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { channelsErrors } from '../errors.ts';
import { type ListedAccount, listMerchantAccounts } from '../queries/merchant-accounts.ts';

type ViewDeps = Pick<Deps, 'db' | 'clock' | 'notifyUrl'>;

const dayMs = 24 * 3_600_000;

export async function viewMerchantAccounts(
  deps: ViewDeps,
  companyId: string,
): Promise<MerchantAccountView[]> {
  return (await load(deps, companyId, {})).map((account) => viewOf(deps, account));
}

/** @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function viewMerchantAccount(
  deps: ViewDeps,
  companyId: string,
  id: string,
): Promise<MerchantAccountView> {
  const [account] = await load(deps, companyId, { id });
  if (!account) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  return viewOf(deps, account);
}

async function load(
  deps: ViewDeps,
  companyId: string,
  only: { readonly id?: string },
): Promise<ListedAccount[]> {
  const yesterday = new Date(deps.clock.now().getTime() - dayMs);
  const refusedSince = dayOf(yesterday, 'UTC');
  return await deps.db.read(companyId, (tx) => listMerchantAccounts(tx, { ...only, refusedSince }));
}

function viewOf(deps: ViewDeps, account: ListedAccount): MerchantAccountView {
  const { companyId: _company, shortCode, keys, createdAt, ...shown } = account;
  const notifyUrl = `${deps.notifyUrl}/notify/${account.channel}/${shortCode}/${account.number}`;
  return {
    ...shown,
    notifyUrl,
    createdAt: createdAt.toISOString(),
    platformKeys: keys.map((key) => ({
      ...key,
      validFrom: instant(key.validFrom),
      validTo: instant(key.validTo),
    })),
  };
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
