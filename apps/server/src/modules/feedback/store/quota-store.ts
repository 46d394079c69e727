import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { feedbackErrors } from '../errors.ts';
import type { Quota } from '../limits.ts';

export interface Spending {
  readonly quota: Quota;
  /** Whom it counts for: an account, an address, a phone. */
  readonly of: string;
}

const hourMs = 3_600_000;

/**
 * Counts one more of each, in the order of their ids, so that two at once wait and none deadlock.
 * What is rolled back was not spent.
 * @throws FEEDBACK_TOO_OFTEN
 */
export async function spend(tx: Tx, now: Date, spendings: readonly Spending[]): Promise<void> {
  const rows = spendings
    .map(({ quota, of }) => ({ quota, ...windowOf(quota, now), of }))
    .map((row) => ({ ...row, id: derivedId(tx.companyId, row.quota.name, row.of, row.key) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, quota, endsAt } of rows) {
    const spent = await tx.run(sql`
      insert into feedback.quota as q (company_id, id, used, ends_at)
      values (${tx.companyId}, ${id}, 1, ${endsAt})
      on conflict (company_id, id) do update set used = q.used + 1
        where q.used < ${quota.limit}`);
    if (spent === 1) continue;
    const hours = Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / hourMs));
    throw feedbackErrors.FEEDBACK_TOO_OFTEN({ values: { hours } });
  }
}

function windowOf({ windowMs }: Quota, now: Date): { key: string; endsAt: Date } {
  const window = Math.floor(now.getTime() / windowMs);
  return { key: String(window), endsAt: new Date((window + 1) * windowMs) };
}

/** @returns how many windows that are over were forgotten */
export async function forgetQuotas(tx: Tx, now: Date): Promise<number> {
  return await tx.run(sql`
    delete from feedback.quota where company_id = ${tx.companyId} and ends_at < ${now}`);
}
