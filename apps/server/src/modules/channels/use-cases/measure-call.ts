import type { Database } from '../../../platform/database/index.ts';
import type { MerchantAccount } from '../channel.ts';
import { type Counts, counted, type HealthVerb, plus, type Verdict } from '../domain/health.ts';
import type { ChannelDeps } from '../open-account.ts';
import { type AccountCounts, judgeAccounts } from './judge-accounts.ts';

/** Calls of this time are written together: nobody waits for it, and a crash loses no more. */
const flushMs = 2_000;
const minuteMs = 60_000;

interface Batch {
  /** By company, then by account, minute and verb. */
  readonly companies: Map<string, Map<string, AccountCounts>>;
  timer: NodeJS.Timeout | undefined;
}

const batches = new WeakMap<Database, Batch>();

type Account = Pick<MerchantAccount, 'companyId' | 'id'>;

interface Measure<Result> {
  readonly verb: HealthVerb;
  readonly call: () => Promise<Result>;
  readonly verdictOf: (result: Result) => Verdict;
}

/** Makes a call and counts in memory how it went and how long it took. */
export async function measured<Result>(
  deps: ChannelDeps,
  account: Account,
  { verb, call, verdictOf }: Measure<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  let verdict: Verdict = 'sick';
  try {
    const result = await call();
    verdict = verdictOf(result);
    return result;
  } finally {
    count(deps, account, verb, counted(verdict, performance.now() - startedMs));
  }
}

function count(deps: ChannelDeps, account: Account, verb: HealthVerb, counts: Counts): void {
  const batch = batchOf(deps.db);
  const rows = batch.companies.get(account.companyId) ?? new Map<string, AccountCounts>();
  batch.companies.set(account.companyId, rows);
  const minute = new Date(Math.floor(deps.clock.now().getTime() / minuteMs) * minuteMs);
  const key = `${account.id} ${minute.getTime()} ${verb}`;
  const known = rows.get(key);
  const all = known ? plus(known.counts, counts) : counts;
  rows.set(key, { merchantAccountId: account.id, minute, verb, counts: all });
  batch.timer ??= setTimeout(() => void flushHealth(deps), flushMs).unref();
}

function batchOf(db: Database): Batch {
  const known = batches.get(db);
  if (known) return known;
  const made: Batch = { companies: new Map(), timer: undefined };
  batches.set(db, made);
  return made;
}

/**
 * Writes what was counted in memory and judges the circuits by it. What cannot be written is
 * dropped: health is a hint, and a database that is away is another alarm.
 */
export async function flushHealth(deps: ChannelDeps): Promise<void> {
  const batch = batchOf(deps.db);
  clearTimeout(batch.timer);
  batch.timer = undefined;
  const companies = [...batch.companies];
  batch.companies.clear();
  for (const [companyId, rows] of companies) {
    try {
      await judgeAccounts(deps, companyId, [...rows.values()]);
    } catch (error) {
      deps.log.warn({ err: error, companyId }, 'counts of channel calls were not written');
    }
  }
}
