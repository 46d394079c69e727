import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Database } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ChannelContext, Credentials, Message, PlatformKey } from './channel.ts';
import { type AccountWithSecrets, loadAccount } from './queries/merchant-accounts.ts';
import { channelOf } from './registry.ts';
import { insertMessage } from './store/message-store.ts';
import { savePlatformKeys } from './store/platform-key-store.ts';

export type ChannelDeps = Pick<
  Deps,
  'db' | 'clock' | 'secrets' | 'log' | 'notifyUrl' | 'publicUrl' | 'demo'
>;

/** How long another process may work with what this one has changed. */
const cacheMs = 15_000;
/** Between two looks for fresher secrets than those that are kept. */
const reopenGapMs = 1_000;
/** Accounts kept open; a company has a handful. */
const maxOpen = 500;
/** One download of certificates in this time, however many unknown serials come. */
const refreshGapMs = 60_000;
/** A certificate is taken this much before its time, for clocks that differ. */
const skewMs = 5 * 60_000;

/**
 * So long the secrets of before a rotation are honoured: a notice is sent again for a day, and a
 * weekend may lie between the change here and the one at the provider.
 */
export const overlapMs = 72 * 3_600_000;

export const credentialsPurpose = 'channels.merchant_account';
/** Secrets of a change that waits for its second person. */
export const changePurpose = 'channels.change_request';

interface OpenAccount {
  readonly context: ChannelContext;
  readonly loadedMs: number;
}

interface Refresh {
  readonly startedMs: number;
  readonly done: Promise<boolean>;
}

/** Opened accounts of one database, and when their keys were last fetched. */
interface Cache {
  readonly accounts: Map<string, OpenAccount>;
  readonly refreshes: Map<string, Refresh>;
  /** Counts what was forgotten: what was read before is not kept after. */
  forgotten: number;
}

const caches = new WeakMap<Database, Cache>();

type By = { readonly id: string } | { readonly number: number };

/** An account with its secrets opened and its keys parsed, kept for a few seconds. */
export async function openAccount(
  deps: ChannelDeps,
  companyId: string,
  by: By,
): Promise<ChannelContext | undefined> {
  const cache = cacheOf(deps.db);
  const { accounts, forgotten } = cache;
  const name = nameOf(companyId, by);
  const known = accounts.get(name);
  const nowMs = deps.clock.now().getTime();
  if (known && Math.abs(nowMs - known.loadedMs) < cacheMs) return known.context;
  const stored = await deps.db.read(companyId, (tx) => loadAccount(tx, by));
  if (!stored) return undefined;
  const context = contextOf(deps, stored);
  if (accounts.size >= maxOpen) accounts.clear();
  if (cache.forgotten === forgotten) accounts.set(name, { context, loadedMs: nowMs });
  return context;
}

/**
 * The account as the database has it now: another process may have changed its secrets a moment
 * ago. @returns undefined when what is known here is as fresh
 */
export async function reopenAccount(
  deps: ChannelDeps,
  companyId: string,
  by: By,
): Promise<ChannelContext | undefined> {
  const { accounts } = cacheOf(deps.db);
  const name = nameOf(companyId, by);
  const known = accounts.get(name);
  const age = known ? Math.abs(deps.clock.now().getTime() - known.loadedMs) : 0;
  // Forged notices may ask for this as often as they like.
  if (age < reopenGapMs) return undefined;
  accounts.delete(name);
  return await openAccount(deps, companyId, by);
}

function nameOf(companyId: string, by: By): string {
  return `${companyId}/${'id' in by ? by.id : by.number}`;
}

/** Call after an account or its keys changed. */
export function forgetAccounts(deps: Pick<Deps, 'db'>): void {
  const cache = cacheOf(deps.db);
  cache.forgotten += 1;
  cache.accounts.clear();
}

function cacheOf(db: Database): Cache {
  const known = caches.get(db);
  if (known) return known;
  const made: Cache = { accounts: new Map(), refreshes: new Map(), forgotten: 0 };
  caches.set(db, made);
  return made;
}

type FindKey = (context: ChannelContext, serial: string) => Promise<KeyObject | undefined>;

/**
 * One account, opened.
 * @param find looks for a key that is not known yet; by default at the channel, for all to know
 */
export function contextOf(
  deps: ChannelDeps,
  stored: AccountWithSecrets,
  find: FindKey = (context, serial) => lookAgain(deps, context, serial),
): ChannelContext {
  const { account, shortCode } = stored;
  const { companyId } = account;
  const open = (sealed: Buffer) =>
    JSON.parse(deps.secrets.open(companyId, credentialsPurpose, sealed)) as Credentials;
  const credentials = open(stored.credentials);
  const previous = overlaps(stored, deps.clock.now()) ? open(stored.previous) : undefined;
  let signingKey: KeyObject | undefined;
  const keys = parsedKeys(stillTrusted(stored, previous ? [credentials, previous] : [credentials]));
  const knownKey = (serial: string) => validKey(keys, serial, deps.clock.now());
  const context: ChannelContext = {
    account,
    notifyUrl: `${deps.notifyUrl}/notify/${account.channel}/${shortCode}/${account.number}`,
    credentials,
    previousCredentials: previous,
    get signingKey() {
      signingKey ??= createPrivateKey(credentials.privateKeyPem ?? '');
      return signingKey;
    },
    clock: deps.clock,
    knownKey,
    knownKeys: () => [...keys.keys()].flatMap((serial) => knownKey(serial) ?? []),
    findKey: async (serial) => knownKey(serial) ?? (await find(context, serial)),
    record: (message) => record(deps, context, message),
  };
  return context;
}

/** Whether the secrets of before the last rotation are still to be honoured. */
function overlaps(
  stored: AccountWithSecrets,
  now: Date,
): stored is AccountWithSecrets & { readonly previous: Buffer } {
  const { previous, rotatedAt } = stored;
  return previous !== null && rotatedAt !== null && now.getTime() - rotatedAt.getTime() < overlapMs;
}

/**
 * A public key has no end of its own: it is believed as long as it stands among the secrets, so
 * that one which was pasted by mistake or by a thief is gone when it is replaced.
 */
function stillTrusted(
  { account, keys }: AccountWithSecrets,
  secrets: readonly Credentials[],
): readonly PlatformKey[] {
  const { trustedKeys } = channelOf(account.channel);
  const pasted = new Set(secrets.flatMap((one) => trustedKeys(one, account.mode).map(serialOf)));
  return keys.filter((key) => key.kind !== 'public-key' || pasted.has(serialOf(key)));
}

function serialOf({ serial }: PlatformKey): string {
  return serial.toUpperCase();
}

interface ParsedKey {
  readonly key: KeyObject;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

function parsedKeys(keys: readonly PlatformKey[]): ReadonlyMap<string, ParsedKey> {
  return new Map(
    keys.map(({ serial, pem, validFrom, validTo }) => [
      serial.toUpperCase(),
      { key: createPublicKey(pem), validFrom, validTo },
    ]),
  );
}

function validKey(
  keys: ReadonlyMap<string, ParsedKey>,
  serial: string,
  now: Date,
): KeyObject | undefined {
  const found = keys.get(serial.toUpperCase());
  if (!found) return undefined;
  const { validFrom, validTo } = found;
  if (validFrom && now.getTime() < validFrom.getTime() - skewMs) return undefined;
  if (validTo && now > validTo) return undefined;
  return found.key;
}

/** A serial that is not known here: perhaps another process has its key, perhaps it is new. */
async function lookAgain(
  deps: ChannelDeps,
  context: ChannelContext,
  serial: string,
): Promise<KeyObject | undefined> {
  const { account } = context;
  if (!channelOf(account.channel).isDownloadable?.(serial)) return undefined;
  if (!(await refreshKeysOnce(deps, context, serial))) return undefined;
  const fresh = await openAccount(deps, account.companyId, { id: account.id });
  return fresh?.knownKey(serial);
}

/** Downloads at most once a minute for an account; callers in between share the result. */
async function refreshKeysOnce(
  deps: ChannelDeps,
  context: ChannelContext,
  serial: string,
): Promise<boolean> {
  const { refreshes } = cacheOf(deps.db);
  const nowMs = deps.clock.now().getTime();
  const last = refreshes.get(context.account.id);
  if (last && Math.abs(nowMs - last.startedMs) < refreshGapMs) return await last.done;
  const done = refreshKeys(deps, context, serial);
  refreshes.set(context.account.id, { startedMs: nowMs, done });
  return await done;
}

/** @returns whether the channel gave us keys that we believe */
export async function refreshKeys(
  deps: ChannelDeps,
  context: ChannelContext,
  serial?: string,
): Promise<boolean> {
  const { account } = context;
  const keys = await channelOf(account.channel).fetchKeys?.(context, serial);
  if (!keys || keys.length === 0) return false;
  const at = deps.clock.now();
  await deps.db.transaction(account.companyId, (tx) =>
    savePlatformKeys(tx, { merchantAccountId: account.id, keys, at }),
  );
  forgetAccounts(deps);
  return true;
}

/** In a short transaction of its own. A record that cannot be kept must not lose the answer. */
async function record(
  deps: ChannelDeps,
  { account }: ChannelContext,
  message: Message,
): Promise<void> {
  try {
    await deps.db.transaction(account.companyId, (tx) => insertMessage(tx, account.id, message));
  } catch (error) {
    deps.log.error({ err: error, verb: message.verb }, 'a channel message was not recorded');
  }
}
