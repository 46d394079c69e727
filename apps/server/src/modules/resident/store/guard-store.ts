import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';

export interface Attempt {
  /** Derived from kind and key. */
  readonly id: string;
  readonly kind: string;
  readonly windowEndsAt: Date;
}

/** Counts attempts before they are looked at, so that many at once do not slip through. */
export async function countAttempts(
  tx: Tx,
  attempts: readonly Attempt[],
  at: Date,
): Promise<{ readonly id: string; readonly attempts: number; readonly windowEndsAt: Date }[]> {
  const inOrder = attempts.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return await tx.many(sql<{ id: string; attempts: number; windowEndsAt: Date }>`
    insert into resident.guard as guard (company_id, id, kind, attempts, window_ends_at)
    select company.id, attempt.id, attempt.kind, 1, attempt.ends_at
    from identity.company as company
    cross join unnest(${inOrder.map(({ id }) => id)}::uuid[],
      ${inOrder.map(({ kind }) => kind)}::text[],
      ${inOrder.map(({ windowEndsAt }) => windowEndsAt)}::timestamptz[])
      as attempt (id, kind, ends_at)
    where company.id = ${tx.companyId}
    on conflict (company_id, id) do update set
      attempts = case when guard.window_ends_at <= ${at} then 1 else guard.attempts + 1 end,
      window_ends_at = case when guard.window_ends_at <= ${at}
        then excluded.window_ends_at else guard.window_ends_at end
    returning guard.id, guard.attempts, guard.window_ends_at as "windowEndsAt"`);
}

/** For the jobs' role: of every company. */
export async function deleteOldGuards(db: Queryable, before: Date): Promise<number> {
  return await db.run(sql`delete from resident.guard where window_ends_at < ${before}`);
}
