import { type Queryable, sql } from '../../../platform/database/index.ts';
import { type Attempts, attemptWindowMs } from '../domain/session.ts';

export async function readAttempts(db: Queryable, key: Buffer): Promise<Attempts | undefined> {
  return await db.maybe(sql<Attempts>`
    select attempts, window_started_at as "windowStartedAt"
    from identity.sign_in_guard where name_sha256 = ${key}`);
}

/**
 * Counts an attempt before its password is looked at, so that many at once do not slip through.
 * A window that is over starts anew.
 */
export async function countAttempt(db: Queryable, key: Buffer, at: Date): Promise<Attempts> {
  const over = new Date(at.getTime() - attemptWindowMs);
  return await db.one(sql<Attempts>`
    insert into identity.sign_in_guard as guard (name_sha256, attempts, window_started_at)
    values (${key}, 1, ${at})
    on conflict (name_sha256) do update set
      attempts = case when guard.window_started_at <= ${over} then 1 else guard.attempts + 1 end,
      window_started_at = case when guard.window_started_at <= ${over}
        then excluded.window_started_at else guard.window_started_at end
    returning attempts, window_started_at as "windowStartedAt"`);
}

export async function forgetAttempts(db: Queryable, key: Buffer): Promise<void> {
  await db.run(sql`delete from identity.sign_in_guard where name_sha256 = ${key}`);
}

export async function deleteOldAttempts(db: Queryable, before: Date): Promise<void> {
  await db.run(sql`delete from identity.sign_in_guard where window_started_at < ${before}`);
}
