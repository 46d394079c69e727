import { randomBytes } from 'node:crypto';
import type { MessageAccountView } from '@wuye-pay/contract';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { messagingErrors } from '../errors.ts';
import {
  credentialsPurpose,
  forgetAccounts,
  type MessagingDeps,
  openSecrets,
} from '../open-account.ts';
import { type AccountRow, accountById } from '../queries/accounts.ts';
import { isProvider, providerOf } from '../registry.ts';
import { forgetToken, insertAccount, lockAccount, updateAccount } from '../store/account-store.ts';
import { checkAccount } from './check-account.ts';
import { viewAccount } from './view-accounts.ts';

export interface AccountChange {
  readonly name?: string | undefined;
  /** Settings and secrets by their names; those left out stay as they are. */
  readonly credentials?: Readonly<Record<string, string>> | undefined;
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  readonly unitPriceYuan?: string | undefined;
  readonly priority?: number | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
}

export interface NewAccountInput extends AccountChange {
  readonly provider: string;
  readonly name: string;
  readonly appId?: string | undefined;
}

/** @throws MESSAGE_ACCOUNT_INVALID, MESSAGE_ACCOUNT_EXISTS */
export async function createAccount(
  deps: MessagingDeps,
  { actor, account: given }: { readonly actor: Actor; readonly account: NewAccountInput },
): Promise<MessageAccountView> {
  if (!isProvider(given.provider)) {
    const problems = [{ field: 'provider', reason: '没有这个服务商' }];
    throw messagingErrors.MESSAGE_ACCOUNT_INVALID({ problems });
  }
  const createdAt = deps.clock.now();
  const { description } = providerOf(given.provider);
  const values = withoutEmpty(given.credentials ?? {});
  const row: AccountRow = {
    id: newId(createdAt),
    number: 0,
    provider: given.provider,
    name: given.name,
    appId: description.appId ? (given.appId ?? '') : '',
    ...split(deps, actor.companyId, given.provider, values),
    endpoints: { ...description.endpoints, ...given.endpoints },
    receiptKey: randomBytes(18).toString('base64url'),
    unitPriceYuan: given.unitPriceYuan ?? '0',
    priority: given.priority ?? 10,
    state: given.state ?? 'active',
    ...{ troubleCode: null, troubleAt: null, troubleUntil: null, createdAt },
  };
  checkAccount(deps, row, values);
  return await write(deps, actor, 'messaging.create_account', row, Object.keys(values), (tx) =>
    insertAccount(tx, row),
  );
}

/** @throws MESSAGE_ACCOUNT_NOT_FOUND, MESSAGE_ACCOUNT_INVALID, MESSAGE_ACCOUNT_EXISTS */
export async function changeAccount(
  deps: MessagingDeps,
  input: { readonly actor: Actor; readonly id: string; readonly change: AccountChange },
): Promise<MessageAccountView> {
  const { actor, id, change } = input;
  const { companyId } = actor;
  const found = await deps.db.read(companyId, (tx) => accountById(tx, id));
  if (!found) throw messagingErrors.MESSAGE_ACCOUNT_NOT_FOUND();
  const known = { ...found.settings, ...openSecrets(deps, companyId, found.credentials) };
  // An empty value takes an optional one away; a secret that is left out stays.
  const values = withoutEmpty({ ...known, ...change.credentials });
  const row: AccountRow = {
    ...found,
    ...split(deps, companyId, found.provider, values),
    name: change.name ?? found.name,
    endpoints: { ...found.endpoints, ...change.endpoints },
    unitPriceYuan: change.unitPriceYuan ?? found.unitPriceYuan,
    priority: change.priority ?? found.priority,
    state: change.state ?? found.state,
  };
  checkAccount(deps, row, values);
  return await write(
    deps,
    actor,
    'messaging.change_account',
    row,
    Object.keys(change),
    async (tx) => {
      if (!(await lockAccount(tx, id))) throw messagingErrors.MESSAGE_ACCOUNT_NOT_FOUND();
      await updateAccount(tx, row, deps.clock.now());
      if (change.credentials) await forgetToken(tx, id);
    },
  );
}

/** Of people who add accounts at the same instant, each try lets one through. */
const maxTries = 5;

async function write(
  deps: MessagingDeps,
  actor: Actor,
  action: string,
  row: AccountRow,
  changed: readonly string[],
  save: (tx: Tx) => Promise<void>,
  tries = maxTries,
): Promise<MessageAccountView> {
  try {
    await deps.db.transaction(actor.companyId, async (tx) => {
      await save(tx);
      const { provider, name, appId, state, priority } = row;
      await recordAudit(tx, deps.clock, {
        actor,
        action,
        subjectKind: 'message-account',
        subjectId: row.id,
        detail: { provider, name, appId, state, priority, changed: [...changed] },
      });
    });
  } catch (error) {
    const violated = violatedConstraint(error);
    if (violated === 'account_number_key' && tries > 1) {
      return await write(deps, actor, action, row, changed, save, tries - 1);
    }
    if (violated !== 'account_name_key') throw error;
    throw messagingErrors.MESSAGE_ACCOUNT_EXISTS({ cause: error });
  }
  forgetAccounts(deps);
  return await viewAccount(deps, actor.companyId, row.id);
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** What is no secret is kept readable, the rest sealed. */
function split(
  { secrets }: Pick<MessagingDeps, 'secrets'>,
  companyId: string,
  provider: string,
  values: Readonly<Record<string, string>>,
): Pick<AccountRow, 'settings' | 'credentials'> {
  const open = new Set(
    providerOf(provider)
      .description.fields.filter(({ kind }) => kind === 'text' || kind === 'choice')
      .map(({ name }) => name),
  );
  const entries = Object.entries(values);
  const sealed = Object.fromEntries(entries.filter(([name]) => !open.has(name)));
  return {
    settings: Object.fromEntries(entries.filter(([name]) => open.has(name))),
    credentials: secrets.seal(companyId, credentialsPurpose, JSON.stringify(sealed)),
  };
}
