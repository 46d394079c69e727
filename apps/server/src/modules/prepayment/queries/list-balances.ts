import type { PrepaymentView } from '@wuye-pay/contract';
import { dayOf, monthOf, startOfDay } from '../../../platform/clock.ts';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';

export interface BalanceFilter {
  readonly communityId?: string;
  readonly state?: 'positive' | 'all';
  readonly search?: string;
}

export interface BalanceQuery extends BalanceFilter {
  readonly after?: string;
  readonly limit?: number;
}

const defaultLimit = 50;
type Row = Omit<PrepaymentView, 'changedAt'> & { readonly changedAt: Date | null };

/** Units with what they have paid ahead, the largest balance first. */
export async function listBalances(tx: Tx, query: BalanceQuery): Promise<ListPage<PrepaymentView>> {
  const limit = query.limit ?? defaultLimit;
  const rows = await tx.many(sql<Row>`
    select balance.id as "unitId", unit.label as "unitLabel",
      balance.community_id as "communityId", community.name as "communityName",
      balance.balance_fen as "balanceFen", balance.reserved_fen as "reservedFen",
      balance.uses_itself as "usesItself", balance.changed_at as "changedAt"
    ${source} where balance.company_id = ${tx.companyId} ${filters(query)} ${afterKey(query.after)}
    order by balance.balance_fen desc, balance.id desc
    limit ${limit + 1}`);
  return pageOf(
    rows,
    limit,
    (row) => ({ ...row, changedAt: row.changedAt?.toISOString() ?? null }),
    ({ balanceFen, unitId }) => [balanceFen, unitId],
  );
}

const source = sql`
  from prepayment.balance as balance
  join estate.pub_unit as unit on unit.company_id = balance.company_id and unit.id = balance.id
  join estate.pub_community as community on community.company_id = balance.company_id
    and community.id = balance.community_id`;

function filters({ communityId, state, search }: BalanceFilter): Statement {
  const text = search?.trim();
  return sql`
    ${state === 'all' ? emptySql : sql`and balance.balance_fen > 0`}
    ${communityId === undefined ? emptySql : sql`and balance.community_id = ${communityId}`}
    ${text ? sql`and strpos(unit.label, ${text}) > 0` : emptySql}`;
}

function afterKey(after: string | undefined): Statement {
  if (after === undefined) return emptySql;
  const [balanceFen, id] = readMark(after, [markForms.number, markForms.id]);
  return sql`and (balance.balance_fen, balance.id) < (${balanceFen}::bigint, ${id}::uuid)`;
}

export interface BalanceTotals {
  unitCount: number;
  balanceFen: number;
  reservedFen: number;
  month: { from: string; toppedUpFen: number; usedFen: number };
}

/** Sums over a filter, and what moved in the company's month so far. */
export async function balanceTotals(
  tx: Tx,
  filter: BalanceFilter,
  now: Date,
): Promise<BalanceTotals> {
  const { timeZone } = await tx.one(sql<{ timeZone: string }>`
    select time_zone as "timeZone" from identity.company where id = ${tx.companyId}`);
  const from = monthOf(dayOf(now, timeZone));
  const since = startOfDay(from, timeZone);
  const [totals, moved] = await Promise.all([
    tx.one(sql<Omit<BalanceTotals, 'month'>>`
      select count(*) as "unitCount",
        coalesce(sum(balance.balance_fen), 0)::bigint as "balanceFen",
        coalesce(sum(balance.reserved_fen), 0)::bigint as "reservedFen"
      ${source} where balance.company_id = ${tx.companyId} ${filters(filter)}`),
    tx.one(sql<{ toppedUpFen: number; usedFen: number }>`
      select
        coalesce(sum(moved.amount_fen) filter (where moved.kind = 'top-up'), 0)::bigint
          as "toppedUpFen",
        -coalesce(sum(moved.amount_fen) filter (where moved.kind in ('use', 'return')), 0)::bigint
          as "usedFen"
      ${source}
      join prepayment.movement as moved on moved.company_id = balance.company_id
        and moved.unit_id = balance.id and moved.at >= ${since}
      where balance.company_id = ${tx.companyId} ${filters({ ...filter, state: 'all' })}`),
  ]);
  // What a run gave back may be more than was used since the month began.
  const usedFen = Math.max(0, moved.usedFen);
  return { ...totals, month: { from, toppedUpFen: moved.toppedUpFen, usedFen } };
}
