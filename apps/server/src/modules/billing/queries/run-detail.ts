import type { Outlier, RunDetail } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { allowedActions } from '../domain/run-actions.ts';
import { skipReasonText } from '../domain/skip-reasons.ts';
import { billingErrors } from '../errors.ts';
import { type RunRow, runFields, runRows } from './list-runs.ts';
import { skippedCounts } from './run-figures.ts';

export interface RunDetailQuery {
  readonly companyId: string;
  readonly permissions: { has(permission: string): boolean };
  readonly runId: string;
}

/** All that somebody needs to decide whether to publish a run. */
export function runDetail(deps: Pick<Deps, 'db'>, query: RunDetailQuery): Promise<RunDetail> {
  return deps.db.read(query.companyId, async (tx) => {
    const row = await tx.maybe(sql<RunRow>`${runRows(tx)} and r.id = ${query.runId}`);
    if (!row) throw billingErrors.RUN_NOT_FOUND();
    const comparedWithMonth = await monthBefore(tx, row);
    const [totals, skipped, outliers, touched] = await Promise.all([
      runTotals(tx, row, comparedWithMonth),
      skippedCounts(tx, row.id),
      runOutliers(tx, row.id),
      touchedBills(tx, row.id),
    ]);
    return {
      ...runFields(row),
      allowedActions: allowedActions({ state: row.state, ...touched }, query.permissions),
      totals,
      comparedWithMonth,
      skipped: skipped.map((count) => ({ ...count, text: skipReasonText[count.reason] })),
      outliers,
    };
  });
}

/** The last month before this one of which the community has a published run. */
async function monthBefore(tx: Tx, run: RunRow): Promise<string | null> {
  const row = await tx.one(sql<{ month: string | null }>`
    select max(month) as month from billing.bill_run
    where company_id = ${tx.companyId} and community_id = ${run.communityId}
      and state = 'published' and month < ${run.month}`);
  return row.month;
}

/** Fee items of this run or of the month before; several runs of that month count together. */
function runTotals(tx: Tx, run: RunRow, before: string | null): Promise<RunDetail['totals']> {
  return tx.many(sql<RunDetail['totals'][number]>`
    select f.id as "feeItemId", f.name as "feeItemName",
      coalesce(sum(t.bill_count) filter (where r.id = ${run.id}), 0)::bigint as "billCount",
      coalesce(sum(t.amount_fen) filter (where r.id = ${run.id}), 0)::bigint as "amountFen",
      coalesce(sum(t.bill_count) filter (where r.id <> ${run.id}), 0)::bigint as "previousCount",
      coalesce(sum(t.amount_fen) filter (where r.id <> ${run.id}), 0)::bigint
        as "previousAmountFen"
    from billing.bill_run as r
    join billing.run_total as t on t.company_id = r.company_id and t.run_id = r.id
    join charging.pub_fee_item as f on f.company_id = t.company_id and f.id = t.fee_item_id
    where r.company_id = ${tx.companyId} and (r.id = ${run.id} or (
      r.community_id = ${run.communityId} and r.state = 'published'
      and r.month = ${before}::date))
    group by f.id, f.name, f.priority
    order by f.priority, f.id`);
}

function runOutliers(tx: Tx, runId: string): Promise<Outlier[]> {
  return tx.many(sql<Outlier>`
    select o.kind, b.id as "billId", b.unit_id as "unitId", u.label as "unitLabel",
      b.fee_item_id as "feeItemId", f.name as "feeItemName", b.amount_fen as "amountFen",
      o.previous_fen as "previousAmountFen"
    from billing.outlier as o
    join billing.bill as b on b.company_id = o.company_id and b.id = o.id
    join estate.pub_unit as u on u.company_id = b.company_id and u.id = b.unit_id
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    where o.company_id = ${tx.companyId} and o.run_id = ${runId}
    order by o.kind = 'largest', abs(b.amount_fen - coalesce(o.previous_fen, 0)) desc, b.id`);
}

function touchedBills(tx: Tx, runId: string): Promise<{ paidCount: number; heldCount: number }> {
  return tx.one(sql<{ paidCount: number; heldCount: number }>`
    select count(*) filter (where b.paid_fen > b.from_balance_fen) as "paidCount",
      count(h.id) as "heldCount"
    from billing.bill as b
    left join billing.hold as h on h.company_id = b.company_id and h.id = b.id
    where b.company_id = ${tx.companyId} and b.run_id = ${runId}`);
}
