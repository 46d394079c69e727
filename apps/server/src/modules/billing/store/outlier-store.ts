import { sql, type Tx } from '../../../platform/database/index.ts';

/** Growth to more than this many times, or fall to less than its inverse, is worth a look. */
const factor = 3;
const maxChanged = 80;

interface Found {
  readonly id: string;
  readonly kind: 'rise' | 'fall';
  readonly previousFen: number;
}

export interface OutlierSearch {
  readonly runId: string;
  readonly communityId: string;
  readonly month: string;
}

/**
 * Marks the bills of a draft that stand out against the unit's bill of the period before, a month
 * compared with a month. The largest of the run were marked when it was written.
 */
export async function markOutliers(tx: Tx, search: OutlierSearch): Promise<void> {
  const runs = await runsBefore(tx, search);
  if (runs.length === 0) return;
  const found = await changedBills(tx, search, runs);
  const column = <Key extends keyof Found>(key: Key) => found.map((row) => row[key]);
  await tx.run(sql`
    insert into billing.outlier (company_id, id, run_id, kind, previous_fen)
    select c.id, o.id, ${search.runId}::uuid, o.kind, o.previous_fen
    from identity.company as c
    cross join unnest(${column('id')}::uuid[], ${column('kind')}::text[],
      ${column('previousFen')}::bigint[]) as o (id, kind, previous_fen)
    where c.id = ${tx.companyId}
    on conflict (company_id, id) do update set kind = excluded.kind,
      previous_fen = excluded.previous_fen`);
}

/** Published runs that can hold the period before, whatever lengths the periods have. */
async function runsBefore(tx: Tx, search: OutlierSearch): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select r.id from billing.bill_run as r
    where r.company_id = ${tx.companyId} and r.community_id = ${search.communityId}
      and r.state = 'published' and r.month in (
        select (${search.month}::date - make_interval(months => t.period_months))::date
        from charging.pub_tariff as t
        join billing.run_total as n on n.company_id = t.company_id
          and n.fee_item_id = t.fee_item_id and n.run_id = ${search.runId}
        where t.company_id = ${tx.companyId})
    order by r.id`);
  return rows.map((row) => row.id);
}

function changedBills(tx: Tx, search: OutlierSearch, runs: string[]): Promise<Found[]> {
  return tx.many(sql<Found>`
    select b.id, p.amount_fen as "previousFen",
      case when b.amount_fen * p.months > p.amount_fen * b.months
        then 'rise' else 'fall' end as kind
    from billing.bill as b
    join billing.bill as p on p.company_id = b.company_id and p.unit_id = b.unit_id
      and p.fee_item_id = b.fee_item_id and p.period_end = b.period_start - 1
    where b.company_id = ${tx.companyId} and b.run_id = ${search.runId}
      and p.company_id = ${tx.companyId} and p.run_id = any (${runs}::uuid[])
      and p.state = 'issued'
      and (b.amount_fen * p.months > ${factor} * p.amount_fen * b.months
        or ${factor} * b.amount_fen * p.months < p.amount_fen * b.months)
    order by abs(ln(b.amount_fen::float8 * p.months / (p.amount_fen::float8 * b.months))) desc, b.id
    limit ${maxChanged}`);
}
