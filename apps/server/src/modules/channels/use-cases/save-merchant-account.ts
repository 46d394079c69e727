import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { isLoopback } from '../../../platform/config.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import type { ChannelName, Credentials, KeyMode, PlatformKey } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, credentialsPurpose, forgetAccounts } from '../open-account.ts';
import { channelOf } from '../registry.ts';
import {
  type AccountRow,
  insertMerchantAccount,
  lockMerchantAccount,
  type StoredAccount,
  updateMerchantAccount,
} from '../store/merchant-account-store.ts';
import { savePlatformKeys } from '../store/platform-key-store.ts';

interface Endpoints {
  readonly baseUrl: string;
  readonly loginUrl: string;
  readonly authorizeUrl: string;
}

/** What can change; secrets that are left out stay as they are. */
export interface MerchantAccountChange {
  readonly name?: string | undefined;
  readonly mode?: KeyMode | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly credentials?: Credentials | undefined;
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined;
  readonly endpoints?: Endpoints | undefined;
}

export interface NewMerchantAccount extends MerchantAccountChange {
  readonly channel: ChannelName;
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
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
    if (violatedConstraint(error) !== 'merchant_account_mch_key') throw error;
    throw channelsErrors.MERCHANT_ACCOUNT_EXISTS({ cause: error });
  }
}

async function save(
  deps: ChannelDeps,
  input: { readonly actor: Actor; readonly account: NewMerchantAccount; readonly orChange?: true },
): Promise<SavedAccount> {
  const { actor, account } = input;
  const saved = await deps.db.transaction(actor.companyId, async (tx) => {
    const found = await lockMerchantAccount(tx, { mchId: account.mchId, appId: account.appId });
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
  const hosts = channelOf(channel).hosts;
  const row: AccountRow = {
    id: newId(createdAt),
    channel,
    name,
    mchId,
    appId,
    mode,
    state: 'active',
    ...hosts,
    ...account.endpoints,
  };
  const credentials = sealed(deps, tx, row, { given: account });
  const number = await insertMerchantAccount(tx, { ...row, credentials, createdAt });
  await savePublicKey(deps, tx, row.id, account);
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
    ...given.endpoints,
  };
  const credentials = sealed(deps, tx, row, { given, before: found.credentials });
  await updateMerchantAccount(tx, { ...row, credentials });
  await savePublicKey(deps, tx, found.id, given);
  await audit(deps, tx, input.actor, 'channels.change_merchant_account', row, Object.keys(given));
  return { merchantAccountId: found.id, number: found.number };
}

/** Merges and checks the secrets, then seals them. @throws MERCHANT_ACCOUNT_INVALID */
function sealed(
  deps: ChannelDeps,
  tx: Tx,
  row: AccountRow,
  secrets: { given: MerchantAccountChange; before?: Buffer },
): Buffer {
  const { given, before } = secrets;
  const known: Credentials = before
    ? (JSON.parse(deps.secrets.open(tx.companyId, credentialsPurpose, before)) as Credentials)
    : {};
  const merged: Record<string, string> = { ...known, ...withoutUndefined(given.credentials) };
  merged.merchantSerial = (merged.merchantSerial ?? '').toUpperCase();
  if (given.publicKey) merged.publicKeyId = given.publicKey.id;
  const checked = given.publicKey ? { ...merged, publicKeyPem: given.publicKey.pem } : merged;
  const problems = [
    ...channelOf(row.channel).checkCredentials(checked, row.mode),
    ...endpointProblems(deps, row),
  ];
  if (problems.length > 0) throw channelsErrors.MERCHANT_ACCOUNT_INVALID({ problems });
  return deps.secrets.seal(tx.companyId, credentialsPurpose, JSON.stringify(merged));
}

function withoutUndefined(credentials: Credentials | undefined): Record<string, string> {
  const given = Object.entries(credentials ?? {});
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** The server calls these addresses: only the channel's own, or this machine's in demo mode. */
function endpointProblems(deps: ChannelDeps, row: AccountRow): Problem[] {
  const { hosts } = channelOf(row.channel);
  return (['baseUrl', 'loginUrl', 'authorizeUrl'] as const).flatMap((field) => {
    if (row[field] === hosts[field]) return [];
    const host = URL.canParse(row[field]) ? new URL(row[field]).hostname : '';
    if (deps.demo && (isLoopback(host) || row[field].startsWith(`${deps.publicUrl}/`))) return [];
    const reason = `只能使用渠道的正式地址 ${hosts[field]}（演示模式可用本机地址）`;
    return [{ field: `endpoints.${field}`, reason }];
  });
}

async function savePublicKey(
  deps: ChannelDeps,
  tx: Tx,
  merchantAccountId: string,
  { publicKey }: MerchantAccountChange,
): Promise<void> {
  if (!publicKey) return;
  const key: PlatformKey = {
    serial: publicKey.id,
    kind: 'public-key',
    pem: publicKey.pem,
    validFrom: null,
    validTo: null,
  };
  await savePlatformKeys(tx, { merchantAccountId, keys: [key], at: deps.clock.now() });
}

async function audit(
  deps: ChannelDeps,
  tx: Tx,
  actor: Actor,
  action: string,
  row: AccountRow,
  changed: readonly string[] = [],
): Promise<void> {
  const { name, mchId, appId, mode, state, baseUrl } = row;
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'merchant-account',
    subjectId: row.id,
    detail: { name, mchId, appId, mode, state, baseUrl, changed },
  });
}
