import type { Actor } from '../../../platform/actor.ts';
import { violatedConstraint } from '../../../platform/database/index.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, forgetAccounts } from '../open-account.ts';
import { isChannel } from '../registry.ts';
import { lockMerchantAccount } from '../store/merchant-account-store.ts';
import {
  changeAccount,
  createAccount,
  type MerchantAccountChange,
  type NewMerchantAccount,
  type SavedAccount,
} from './write-account.ts';

export type { MerchantAccountChange, NewMerchantAccount, SavedAccount } from './write-account.ts';

/**
 * Registers a merchant account at once, without a second person: for set-ups that are no request
 * of staff. With `orChange`, one that is there already takes the new values instead.
 * @throws MERCHANT_ACCOUNT_EXISTS, MERCHANT_ACCOUNT_INVALID
 */
export async function saveMerchantAccount(
  deps: ChannelDeps,
  input: { readonly actor: Actor; readonly account: NewMerchantAccount; readonly orChange?: true },
): Promise<SavedAccount> {
  try {
    return await save(deps, input);
  } catch (error) {
    // Two people registered it at the same moment.
    if (violatedConstraint(error) !== 'merchant_account_once_key') throw error;
    throw channelsErrors.MERCHANT_ACCOUNT_EXISTS({ cause: error });
  }
}

async function save(
  deps: ChannelDeps,
  input: { readonly actor: Actor; readonly account: NewMerchantAccount; readonly orChange?: true },
): Promise<SavedAccount> {
  const { actor, account } = input;
  if (!isChannel(account.channel)) {
    const problems = [{ field: 'channel', reason: '没有这个支付渠道' }];
    throw channelsErrors.MERCHANT_ACCOUNT_INVALID({ problems });
  }
  const saved = await deps.db.transaction(actor.companyId, async (tx) => {
    const { channel, mchId, appId, subMchId = null } = account;
    const found = await lockMerchantAccount(tx, { channel, mchId, appId, subMchId });
    if (found && !input.orChange) throw channelsErrors.MERCHANT_ACCOUNT_EXISTS();
    return found
      ? await changeAccount(deps, tx, { actor, found, change: account })
      : await createAccount(deps, tx, { actor, account });
  });
  forgetAccounts(deps);
  return saved;
}

/** @throws MERCHANT_ACCOUNT_NOT_FOUND, MERCHANT_ACCOUNT_INVALID */
export async function changeMerchantAccount(
  deps: ChannelDeps,
  input: { readonly actor: Actor; readonly id: string; readonly change: MerchantAccountChange },
): Promise<SavedAccount> {
  const { actor, id } = input;
  const saved = await deps.db.transaction(actor.companyId, async (tx) => {
    const found = await lockMerchantAccount(tx, { id });
    if (!found) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
    return await changeAccount(deps, tx, { actor, found, change: input.change });
  });
  forgetAccounts(deps);
  return saved;
}
