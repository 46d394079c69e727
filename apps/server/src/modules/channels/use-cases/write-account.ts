import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { isLoopback } from '../../../platform/config.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import type { ChannelName, Credentials, KeyMode } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, credentialsPurpose } from '../open-account.ts';
import { channelOf, isChannel } from '../registry.ts';
import {
  type AccountRow,
  insertMerchantAccount,
  type StoredAccount,
  updateMerchantAccount,
} from '../store/merchant-account-store.ts';
import { deletePlatformKeys, savePlatformKeys } from '../store/platform-key-store.ts';

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

/** Writes a new account. @throws MERCHANT_ACCOUNT_INVALID */
export async function createAccount(
  deps: ChannelDeps,
  tx: Tx,
  { actor, account }: { actor: Actor; account: NewMerchantAccount },
): Promise<SavedAccount> {
  const createdAt = deps.clock.now();
  const row = newRow(newId(createdAt), account);
  const { opened } = checked(deps, tx, row, { given: account });
  const credentials = seal(deps, tx, opened);
  const number = await insertMerchantAccount(tx, { ...row, credentials, createdAt });
  await saveTrustedKeys(deps, tx, row, opened);
  await audit(deps, tx, actor, 'channels.create_merchant_account', row);
  return { merchantAccountId: row.id, number };
}

/** Writes what was given over what is there. @throws MERCHANT_ACCOUNT_INVALID */
export async function changeAccount(
  deps: ChannelDeps,
  tx: Tx,
  input: { actor: Actor; found: StoredAccount; change: MerchantAccountChange },
): Promise<SavedAccount> {
  const { found, change: given } = input;
  const row = changedRow(found, given);
  const facts = { given, before: found.credentials };
  const { known, opened, isRotated } = checked(deps, tx, row, facts);
  const rotated = isRotated ? { previous: found.credentials, at: deps.clock.now() } : undefined;
  await updateMerchantAccount(tx, { ...row, credentials: seal(deps, tx, opened), rotated });
  await forgetReplacedKeys(tx, { before: found, known }, { row, opened });
  await saveTrustedKeys(deps, tx, row, opened);
  await audit(deps, tx, input.actor, 'channels.change_merchant_account', row, Object.keys(given));
  return { merchantAccountId: found.id, number: found.number };
}

function newRow(id: string, account: NewMerchantAccount): AccountRow {
  const { channel, name, mchId, appId, mode } = account;
  return {
    id,
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
}

function changedRow(found: StoredAccount, given: MerchantAccountChange): AccountRow {
  return {
    ...found,
    name: given.name ?? found.name,
    mode: given.mode ?? found.mode,
    state: given.state ?? found.state,
    endpoints: { ...found.endpoints, ...given.endpoints },
  };
}

/** What a new account would be written as. Writes nothing. @throws MERCHANT_ACCOUNT_INVALID */
export function checkNewAccount(deps: ChannelDeps, tx: Tx, account: NewMerchantAccount): Checked {
  if (!isChannel(account.channel)) {
    const problems = [{ field: 'channel', reason: '没有这个支付渠道' }];
    throw channelsErrors.MERCHANT_ACCOUNT_INVALID({ problems });
  }
  return checked(deps, tx, newRow(noId, account), { given: account });
}

/** What an account would be after a change. Writes nothing. @throws MERCHANT_ACCOUNT_INVALID */
export function checkChange(
  deps: ChannelDeps,
  tx: Tx,
  found: StoredAccount,
  given: MerchantAccountChange,
): Checked {
  return checked(deps, tx, changedRow(found, given), { given, before: found.credentials });
}

const noId = '';

export interface Checked {
  readonly row: AccountRow;
  /** As they were, and as they are to be. */
  readonly known: Credentials;
  readonly opened: Credentials;
  /** Names of the secrets that are not what they were. */
  readonly changed: readonly string[];
  /** Secrets that were in use are replaced. */
  readonly isRotated: boolean;
}

/** Merges and checks the secrets. @throws MERCHANT_ACCOUNT_INVALID */
function checked(
  deps: ChannelDeps,
  tx: Tx,
  row: AccountRow,
  secrets: { given: MerchantAccountChange; before?: Buffer },
): Checked {
  const { given, before } = secrets;
  const known: Credentials = before
    ? (JSON.parse(deps.secrets.open(tx.companyId, credentialsPurpose, before)) as Credentials)
    : {};
  const isTouched = !before || given.credentials !== undefined || given.mode !== undefined;
  const merged: Credentials = { ...known, ...withoutUndefined(given.credentials) };
  const opened = channelOf(row.channel).tidyCredentials?.(merged) ?? merged;
  const problems = [
    ...nameProblems(row, given),
    // What an earlier version accepted is not asked again when only the name changes.
    ...(isTouched ? channelOf(row.channel).checkCredentials(opened, row.mode) : []),
    ...endpointProblems(deps, row),
  ];
  if (problems.length > 0) throw channelsErrors.MERCHANT_ACCOUNT_INVALID({ problems });
  const names = new Set([...Object.keys(known), ...Object.keys(opened)]);
  const changed = [...names].filter((name) => known[name] !== opened[name]);
  const isRotated = changed.some((name) => known[name] !== undefined);
  return { row, known, opened, changed, isRotated };
}

function nameProblems({ channel }: AccountRow, { credentials }: MerchantAccountChange): Problem[] {
  const known = new Set(channelOf(channel).description.secrets.map(({ name }) => name));
  const unknown = Object.keys(credentials ?? {}).filter((name) => !known.has(name));
  return unknown.map((name) => ({
    field: `credentials.${name}`,
    reason: '这个渠道没有这一项',
  }));
}

function seal(deps: ChannelDeps, tx: Tx, opened: Credentials): Buffer {
  return deps.secrets.seal(tx.companyId, credentialsPurpose, JSON.stringify(opened));
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

/**
 * A pasted certificate of the channel's that is replaced is not believed until its own end. While
 * a rotation overlaps, adapters read it from the secrets of before.
 */
async function forgetReplacedKeys(
  tx: Tx,
  { before, known }: { before: AccountRow; known: Credentials },
  { row, opened }: { row: AccountRow; opened: Credentials },
): Promise<void> {
  const { trustedKeys } = channelOf(row.channel);
  const kept = new Set(trustedKeys(opened, row.mode).map(({ serial }) => serial));
  const serials = trustedKeys(known, before.mode).flatMap(({ serial, kind }) =>
    kind === 'certificate' && !kept.has(serial) ? [serial] : [],
  );
  if (serials.length > 0) await deletePlatformKeys(tx, row.id, serials);
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
