import type { Database } from '../../platform/database/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProviderContext } from './provider.ts';
import { type AccountRow, accountById } from './queries/accounts.ts';
import { accessToken } from './use-cases/access-token.ts';

export type MessagingDeps = Pick<
  Deps,
  'db' | 'jobsDb' | 'clock' | 'secrets' | 'log' | 'publicUrl' | 'notifyUrl' | 'demo' | 'checkpoint'
>;

export const credentialsPurpose = 'messaging.account';

/** So long this process may work with what another has changed. */
const cacheMs = 10_000;
const maxOpen = 500;

interface Opened {
  readonly context: ProviderContext;
  readonly loadedMs: number;
}

const caches = new WeakMap<Database, Map<string, Opened>>();

/** An account with its secrets opened, kept for a few seconds. */
export async function openAccount(
  deps: MessagingDeps,
  companyId: string,
  accountId: string,
): Promise<ProviderContext | undefined> {
  const cache = cacheOf(deps.db);
  const known = cache.get(accountId);
  const nowMs = deps.clock.now().getTime();
  if (known && Math.abs(nowMs - known.loadedMs) < cacheMs) return known.context;
  const row = await deps.db.read(companyId, (tx) => accountById(tx, accountId));
  if (!row) return undefined;
  const context = contextOf(deps, companyId, row);
  if (cache.size >= maxOpen) cache.clear();
  cache.set(accountId, { context, loadedMs: nowMs });
  return context;
}

/** Call after an account changed. */
export function forgetAccounts(deps: Pick<Deps, 'db'>): void {
  cacheOf(deps.db).clear();
}

function contextOf(deps: MessagingDeps, companyId: string, row: AccountRow): ProviderContext {
  const { id, provider, number, appId, endpoints } = row;
  return {
    account: { id, companyId, provider, number, appId, endpoints },
    values: { ...row.settings, ...openSecrets(deps, companyId, row.credentials) },
    clock: deps.clock,
    token: (fetch, stale) => accessToken(deps, { companyId, accountId: id, fetch, stale }),
  };
}

export function openSecrets(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  sealed: Buffer,
): Record<string, string> {
  return JSON.parse(deps.secrets.open(companyId, credentialsPurpose, sealed)) as Record<
    string,
    string
  >;
}

function cacheOf(db: Database): Map<string, Opened> {
  const known = caches.get(db);
  if (known) return known;
  const made = new Map<string, Opened>();
  caches.set(db, made);
  return made;
}
