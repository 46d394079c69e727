import type { BankAccountView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { sealNumber } from '../account-number.ts';
import { bankErrors } from '../errors.ts';
import { bankAccounts } from '../queries/accounts.ts';
import { insertAccount, setCommunities, updateAccount } from '../store/account-store.ts';

interface Fields {
  readonly actor: StaffActor;
  readonly name: string;
  readonly holder: string;
  readonly bankName: string;
  readonly branch?: string;
  readonly communityIds: readonly string[];
}

/** @throws BANK_ACCOUNT_EXISTS, TRANSFER_COMMUNITY_NOT_FOUND */
export function addAccount(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  input: Fields & { readonly number: string },
): Promise<BankAccountView> {
  const { actor, communityIds, number } = input;
  const at = deps.clock.now();
  const id = newId(at);
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      const sealed = sealNumber(deps.secrets, actor.companyId, number);
      await insertAccount(tx, { id, ...fieldsOf(input), ...sealed }, at);
      await serve(tx, id, communityIds);
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'bank.create_account',
        subjectKind: 'bank_account',
        subjectId: id,
        detail: { name: input.name, number: sealed.numberMasked, communities: communityIds.length },
      });
      return await accountOf(tx, id);
    })
    .catch(asExisting);
}

/** The number cannot be changed: another number is another account. */
export function changeAccount(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: Fields & { readonly bankAccountId: string; readonly state: 'active' | 'closed' },
): Promise<BankAccountView> {
  const { actor, bankAccountId, communityIds, state } = input;
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      const fields = { ...fieldsOf(input), state };
      const isThere = await updateAccount(tx, bankAccountId, fields, deps.clock.now());
      if (!isThere) throw bankErrors.BANK_ACCOUNT_NOT_FOUND();
      await serve(tx, bankAccountId, communityIds);
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'bank.change_account',
        subjectKind: 'bank_account',
        subjectId: bankAccountId,
        detail: { name: input.name, state, communities: communityIds.length },
      });
      return await accountOf(tx, bankAccountId);
    })
    .catch(asExisting);
}

function fieldsOf({ name, holder, bankName, branch }: Fields) {
  const plain = (text: string) => text.trim();
  return {
    name: plain(name),
    holder: plain(holder),
    bankName: plain(bankName),
    branch: plain(branch ?? ''),
  };
}

async function serve(tx: Tx, accountId: string, communityIds: readonly string[]): Promise<void> {
  const found = await setCommunities(tx, accountId, communityIds);
  if (found !== communityIds.length) throw bankErrors.TRANSFER_COMMUNITY_NOT_FOUND();
}

async function accountOf(tx: Tx, accountId: string): Promise<BankAccountView> {
  const [account] = await bankAccounts(tx, accountId);
  if (!account) throw bankErrors.BANK_ACCOUNT_NOT_FOUND();
  return account;
}

function asExisting(error: unknown): never {
  const constraint = violatedConstraint(error);
  if (constraint !== 'account_name_key' && constraint !== 'account_number_key') throw error;
  throw bankErrors.BANK_ACCOUNT_EXISTS({ cause: error });
}
