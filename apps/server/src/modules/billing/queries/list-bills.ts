import type { BillView } from '@wuye-pay/contract';
import { fen, subtract } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import { joinSql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { explain } from '../../charging/index.ts';
import { billStateOf } from '../domain/bill-state.ts';
import { type InputColumns, inputsOf } from './bill-inputs.ts';
import { timeZoneOf } from './facts.ts';

export interface BillFilter {
  readonly companyId: string;
  /** Of one run, drafts included; else only what was published. */
  readonly runId?: string | undefined;
  readonly communityId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly feeItemId?: string | undefined;
  /** Void bills are listed only when asked for. `open` includes what is overdue. */
  readonly state?: 'open' | 'overdue' | 'settled' | 'void' | undefined;
  readonly month?: string | undefined;
  readonly search?: string | undefined;
}

export interface BillQuery extends BillFilter {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

/**
 * Bills by community and address, a unit's newest first: the order in which the index of units
 * gives them, so that a page costs a page.
 */
export function listBills(
  deps: Pick<Deps, 'db' | 'clock'>,
  query: BillQuery,
): Promise<{ items: BillView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const today = dayOf(deps.clock.now(), await timeZoneOf(tx));
    const filters = billFilters(tx, query, today);
    if (query.after !== undefined) filters.push(pastCursor(query.after));
    const rows = await tx.many(sql<BillRow>`
      select ${billColumns}
      ${billSource} where ${joinSql(filters, ' and ')}
      order by u.community_id, u.sort_key, u.id, b.period_start desc, b.id desc
      limit ${limit + 1}`);
    return pageOf(rows, limit, (row) => billView(row, today), keyOf);
  });
}

export type BillRow = Omit<BillView, 'state' | 'openFen' | 'explanation'> &
  InputColumns & {
    readonly sortKey: string;
    readonly billState: 'issued' | 'void';
    readonly runState: 'draft' | 'published' | 'voided';
  };

export const billColumns = sql`b.id, b.run_id as "runId", b.community_id as "communityId",
  c.name as "communityName", b.unit_id as "unitId", u.label as "unitLabel",
  u.sort_key as "sortKey", b.fee_item_id as "feeItemId", f.name as "feeItemName", b.month,
  b.period_start as "periodStart", b.period_end as "periodEnd", b.due_on as "dueOn",
  b.amount_fen as "amountFen", b.paid_fen as "paidFen", b.waived_fen as "waivedFen",
  b.state as "billState", r.state as "runState", b.area_m2 as "areaM2", b.price, b.surcharge,
  b.months, b.rounding`;

export const billSource = sql`
  from billing.bill as b
  join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
  join estate.pub_unit as u on u.company_id = b.company_id and u.id = b.unit_id
  join estate.pub_community as c on c.company_id = b.company_id and c.id = b.community_id
  join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id`;

export function billFilters(tx: Tx, filter: BillFilter, today: string): Statement[] {
  const { runId, communityId, unitId, feeItemId, month } = filter;
  const parts = [sql`b.company_id = ${tx.companyId}`, sql`u.company_id = ${tx.companyId}`];
  if (runId === undefined) parts.push(sql`r.state <> 'draft'`, stateFilter(filter.state, today));
  else parts.push(sql`b.run_id = ${runId}`);
  if (communityId !== undefined) {
    parts.push(sql`u.community_id = ${communityId}`, sql`b.community_id = ${communityId}`);
  }
  if (unitId !== undefined) parts.push(sql`b.unit_id = ${unitId}`);
  if (feeItemId !== undefined) parts.push(sql`b.fee_item_id = ${feeItemId}`);
  if (month !== undefined) parts.push(sql`b.month = ${month}`);
  const search = filter.search?.trim();
  if (search) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(u.label ilike ${pattern} or u.door_no ilike ${pattern})`);
  }
  return parts;
}

/** Written as the conditions of the partial indexes are, so that these serve. */
function stateFilter(state: BillFilter['state'], today: string): Statement {
  const open = sql`b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen`;
  switch (state) {
    case undefined:
      return sql`b.state <> 'void'`;
    case 'void':
      return sql`b.state = 'void'`;
    case 'open':
      return open;
    case 'overdue':
      return sql`${open} and b.due_on < ${today}`;
    case 'settled':
      return sql`b.state <> 'void' and b.paid_fen + b.waived_fen >= b.amount_fen`;
  }
}

function keyOf(row: BillRow): string[] {
  return [row.communityId, row.sortKey, row.unitId, row.periodStart, row.id];
}

function pastCursor(cursor: string): Statement {
  const parts = [markForms.id, markForms.text, markForms.id, markForms.day, markForms.id];
  const [communityId, sortKey, unitId, periodStart, id] = readMark(cursor, parts);
  const place = sql`(${communityId}::uuid, ${sortKey}::text, ${unitId}::uuid)`;
  return sql`(u.community_id, u.sort_key, u.id) >= ${place}
    and ((u.community_id, u.sort_key, u.id) > ${place}
      or (b.period_start, b.id) < (${periodStart}::date, ${id}::uuid))`;
}

export function billView(row: BillRow, today: string): BillView {
  const {
    sortKey: _,
    billState,
    runState,
    areaM2,
    price,
    surcharge,
    months,
    rounding,
    ...bill
  } = row;
  const settled = fen(bill.paidFen + bill.waivedFen);
  const openFen = billState === 'void' ? fen(0) : subtract(fen(bill.amountFen), settled);
  return {
    ...bill,
    openFen,
    state: billStateOf({ billState, runState, openFen, dueOn: bill.dueOn }, today),
    explanation: explain(inputsOf({ areaM2, price, surcharge, months, rounding })),
  };
}
