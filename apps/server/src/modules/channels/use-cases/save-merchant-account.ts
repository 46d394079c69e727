import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { isLoopback } from '../../../platform/config.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import type { ChannelName, Credentials, KeyMode } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, credentialsPurpose, forgetAccounts } from '../open-account.ts';
import { channelOf, isChannel } from '../registry.ts';
import {
  type AccountRow,
  insertMerchantAccount,
  lockMerchantAccount,
  type StoredAccount,
  updateMerchantAccount,
} from '../store/merchant-account-store.ts';
import { savePlatformKeys } from '../store/platform-key-store.ts';

/** What can change; secrets that are left out stay as they are. */
export interface MerchantAccountChange {
  readonly name?: string | undefined;
  readonly mode?: KeyMode | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly credentials?: Credentials | undefined;
  /** By the names of the channel's description; those left out stay as they are. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
}

export interface NewMerchantAccount extends MerchantAccountChange {
  readonly channel: ChannelName;
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  readonly subMchId?: string | undefined;
  readonly subAppId?: string | undefined;
  readonly mode: KeyMode;
  readonly credentials: Credentials;
}

export interface SavedAccount {
  readonly merchantAccountId: string;
  readonly number: number;
}

/**
 * Registers a merchant account. With `orChange` (set-up of the demo), one that is there already
 * takes the new values instead.
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
      ? await change(deps, tx, { actor, found, change: account })
      : await create(deps, tx, { actor, account });
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
    return await change(deps, tx, { actor, found, change: input.change });
  });
  forgetAccounts(deps);
  return saved;
}

async function create(
  deps: ChannelDeps,
  tx: Tx,
  { actor, account }: { actor: Actor; account: NewMerchantAccount },
): Promise<SavedAccount> {
  const createdAt = deps.clock.now();
  const { channel, name, mchId, appId, mode } = account;
  const row: AccountRow = {
    id: newId(createdAt),
    channel,
    name,
    mchId,
    appId,
    mode,
    subMchId: account.subMchId || null,
    subAppId: account.subAppId || null,
    state: 'active',
    endpoints: { ...channelOf(channel).description.endpoints, ...account.endpoints },
  };
  const credentials = sealed(deps, tx, row, { given: account });
  const number = await insertMerchantAccount(tx, { ...row, ...credentials, createdAt });
  await saveTrustedKeys(deps, tx, row, credentials.opened);
  await audit(deps, tx, actor, 'channels.create_merchant_account', row);
  return { merchantAccountId: row.id, number };
}

async function change(
  deps: ChannelDeps,
  tx: Tx,
  input: { actor: Actor; found: StoredAccount; change: MerchantAccountChange },
): Promise<SavedAccount> {
  const { found, change: given } = input;
  const row: AccountRow = {
    ...found,
    name: given.name ?? found.name,
    mode: given.mode ?? found.mode,
    state: given.state ?? found.state,
    endpoints: { ...found.endpoints, ...given.endpoints },
  };
  const credentials = sealed(deps, tx, row, { given, before: found.credentials });
  await updateMerchantAccount(tx, { ...row, ...credentials });
  await saveTrustedKeys(deps, tx, row, credentials.opened);
  await audit(deps, tx, input.actor, 'channels.change_merchant_account', row, Object.keys(given));
  return { merchantAccountId: found.id, number: found.number };
}

/** Merges and checks the secrets, then seals them. @throws MERCHANT_ACCOUNT_INVALID */
function sealed(
  deps: ChannelDeps,
  tx: Tx,
  row: AccountRow,
  secrets: { given: MerchantAccountChange; before?: Buffer },
): { readonly credentials: Buffer; readonly opened: Credentials } {
  const { given, before } = secrets;
  const known: Credentials = before
    ? (JSON.parse(deps.secrets.open(tx.companyId, credentialsPurpose, before)) as Credentials)
    : {};
  const isTouched = !before || given.credentials !== undefined || given.mode !== undefined;
  const merged: Credentials = { ...known, ...withoutUndefined(given.credentials) };
  const opened = channelOf(row.channel).tidyCredentials?.(merged) ?? merged;
  const problems = [
    // What an earlier version accepted is not asked again when only the name changes.
    ...(isTouched ? channelOf(row.channel).checkCredentials(opened, row.mode) : []),
    ...endpointProblems(deps, row),
  ];
  if (problems.length > 0) throw channelsErrors.MERCHANT_ACCOUNT_INVALID({ problems });
  const credentials = deps.secrets.seal(tx.companyId, credentialsPurpose, JSON.stringify(opened));
  return { credentials, opened };
}

function withoutUndefined(credentials: Credentials | undefined): Record<string, string> {
  const given = Object.entries(credentials ?? {});
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** The server calls these addresses: only the channel's own, or this machine's in demo mode. */
function endpointProblems(deps: ChannelDeps, row: AccountRow): Problem[] {
  const own = channelOf(row.channel).description.endpoints;
  return Object.entries(row.endpoints).flatMap(([name, url]) => {
    const field = `endpoints.${name}`;
    const known = own[name];
    if (known === undefined) return [{ field, reason: '这个渠道没有这个地址' }];
    if (url === known) return [];
    const host = URL.canParse(url) ? new URL(url).hostname : '';
    if (deps.demo && (isLoopback(host) || url.startsWith(`${deps.publicUrl}/`))) return [];
    return [{ field, reason: `只能使用渠道的正式地址 ${known}（演示模式可用本机地址）` }];
  });
}

/** Keys of the channel's that were pasted with the secrets. */
async function saveTrustedKeys(
  deps: ChannelDeps,
  tx: Tx,
  row: AccountRow,
  credentials: Credentials,
): Promise<void> {
  const keys = channelOf(row.channel).trustedKeys(credentials, row.mode);
  if (keys.length === 0) return;
  await savePlatformKeys(tx, { merchantAccountId: row.id, keys, at: deps.clock.now() });
}

async function audit(
  deps: ChannelDeps,
  tx: Tx,
  actor: Actor,
  action: string,
  row: AccountRow,
  changed: readonly string[] = [],
): Promise<void> {
  const { name, mchId, appId, mode, state, endpoints } = row;
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'merchant-account',
    subjectId: row.id,
    detail: { name, mchId, appId, mode, state, endpoints, changed },
  });
}
