import { type Queryable, sql } from '../../../platform/database/index.ts';
import type { Attempts } from '../domain/session.ts';

/** The attempts of several names at once, by the hash of the name in hex. */
export async function attemptsOf(
  db: Queryable,
  keys: readonly Buffer[],
): Promise<Map<string, Attempts>> {
  const rows = await db.many(sql<Attempts & { key: Buffer }>`
    select name_sha256 as key, attempts, window_started_at as "windowStartedAt"
    from identity.sign_in_guard where name_sha256 = any (${keys}::bytea[])`);
  return new Map(rows.map((row) => [row.key.toString('hex'), row]));
}
