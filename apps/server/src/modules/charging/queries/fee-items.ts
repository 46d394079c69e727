import type { FeeItemView } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';

export interface FeeItemQuery {
  readonly companyId: string;
  readonly feeItemId?: string;
  readonly state?: 'active' | 'retired' | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

/** Fee items in the order of their creation. */
export function listFeeItems(
  deps: Pick<Deps, 'db' | 'clock'>,
  query: FeeItemQuery,
): Promise<{ items: FeeItemView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const { timeZone } = await tx.one(sql<{ timeZone: string }>`
      select time_zone as "timeZone" from identity.company where id = ${tx.companyId}`);
    const rows = await feeItems(
      tx,
      { ...query, limit: limit + 1 },
      dayOf(deps.clock.now(), timeZone),
    );
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

async function feeItems(
  tx: Tx,
  query: FeeItemQuery & { limit: number },
  today: string,
): Promise<FeeItemView[]> {
  const rows = await tx.many(sql<Omit<FeeItemView, 'createdAt'> & { createdAt: Date }>`
    select f.id, f.name, f.category, f.priority, f.state, f.created_at as "createdAt",
      (select count(*) from charging.assignment as a
        where a.company_id = ${tx.companyId} and a.fee_item_id = f.id
          and a.from_on <= ${today} and (a.to_on is null or a.to_on >= ${today})
      ) as "assignedUnits"
    from charging.fee_item as f
    where f.company_id = ${tx.companyId}
      ${query.feeItemId === undefined ? emptySql : sql`and f.id = ${query.feeItemId}`}
      ${query.state === undefined ? emptySql : sql`and f.state = ${query.state}`}
      ${query.after === undefined ? emptySql : sql`and f.id > ${query.after}`}
    order by f.id limit ${query.limit}`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
