import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { FreshToken } from '../provider.ts';
import { leaseToken, type StoredToken, storeToken } from '../store/token-store.ts';

type TokenDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

const sealPurpose = 'messaging.token';
/** A token is replaced this much before its end, so that none ends on its way. */
const marginMs = 120_000;
/** Longer than the call that fetches one may take. */
const leaseMs = 15_000;
const pauseMs = 200;
/** Whoever waits for another's fetch waits a little longer than its lease. */
const maxWaits = 100;
/** Between two looks into the database. */
const memoryMs = 10_000;

interface Known {
  readonly value: string;
  readonly expiresMs: number;
  readonly loadedMs: number;
}

const memories = new WeakMap<Database, Map<string, Known>>();

interface TokenInput {
  readonly companyId: string;
  readonly accountId: string;
  readonly fetch: () => Promise<FreshToken>;
  readonly stale: string | undefined;
}

/**
 * The access token of an account's app. One process fetches it under a lease, for all: where a new
 * token ends the one before, two that fetch at once would end each other's for ever.
 */
export async function accessToken(deps: TokenDeps, input: TokenInput): Promise<string> {
  const memory = memoryOf(deps.db);
  const nowMs = deps.clock.now().getTime();
  const known = memory.get(input.accountId);
  if (known && isGood(known, nowMs, input.stale)) return known.value;
  for (let waits = 0; waits < maxWaits; waits += 1) {
    const found = await lookOrLease(deps, input);
    if ('value' in found) {
      memory.set(input.accountId, { ...found, loadedMs: nowMs });
      return found.value;
    }
    if (found.isMine) return await fetchAndStore(deps, input, found.lease);
    await sleep(pauseMs);
  }
  throw new Error('another process did not finish to fetch the access token');
}

function isGood(known: Known, nowMs: number, stale: string | undefined): boolean {
  return (
    known.value !== stale &&
    known.expiresMs - marginMs > nowMs &&
    Math.abs(nowMs - known.loadedMs) < memoryMs
  );
}

type Looked =
  | { readonly value: string; readonly expiresMs: number }
  | { readonly isMine: boolean; readonly lease: string };

async function lookOrLease(deps: TokenDeps, input: TokenInput): Promise<Looked> {
  const { companyId, accountId, stale } = input;
  const now = deps.clock.now();
  const lease = randomUUID();
  const until = new Date(now.getTime() + leaseMs);
  const least = new Date(now.getTime() + marginMs);
  const isUsable = (stored: StoredToken) =>
    stored.cipher !== null &&
    stored.expiresAt !== null &&
    stored.expiresAt > least &&
    deps.secrets.open(companyId, sealPurpose, stored.cipher) !== stale;
  const found = await deps.db.transaction(companyId, (tx) =>
    leaseToken(tx, { accountId, lease, now, until, isUsable }),
  );
  if (found.kind === 'usable') {
    const { cipher, expiresAt } = found.stored;
    if (!cipher || !expiresAt) throw new Error('a usable token is whole');
    const value = deps.secrets.open(companyId, sealPurpose, cipher);
    return { value, expiresMs: expiresAt.getTime() };
  }
  return { isMine: found.kind === 'leased', lease };
}

async function fetchAndStore(deps: TokenDeps, input: TokenInput, lease: string): Promise<string> {
  const { companyId, accountId, fetch } = input;
  let fresh: FreshToken | undefined;
  try {
    fresh = await fetch();
    return fresh.value;
  } finally {
    const cipher = fresh ? deps.secrets.seal(companyId, sealPurpose, fresh.value) : null;
    const expiresAt = fresh?.expiresAt ?? null;
    const fetchedAt = deps.clock.now();
    await deps.db.transaction(companyId, (tx) =>
      storeToken(tx, { accountId, lease, cipher, expiresAt, fetchedAt }),
    );
  }
}

function memoryOf(db: Database): Map<string, Known> {
  const known = memories.get(db);
  if (known) return known;
  const made = new Map<string, Known>();
  memories.set(db, made);
  return made;
}
