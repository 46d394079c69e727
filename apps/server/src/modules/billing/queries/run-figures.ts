import type { SkipReason } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface FeeItemTotal {
  readonly feeItemId: string;
  readonly category: 'income' | 'deposit' | 'agency';
  readonly amountFen: Fen;
}

/** What a run's bills add up to by fee item: read from the bills, which the ledger must equal. */
export async function totalsOf(tx: Tx, runId: string): Promise<FeeItemTotal[]> {
  const rows = await tx.many(sql<FeeItemTotal>`
    select b.fee_item_id as "feeItemId", f.category, sum(b.amount_fen)::bigint as "amountFen"
    from billing.bill as b
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    where b.company_id = ${tx.companyId} and b.run_id = ${runId} and b.state = 'issued'
    group by b.fee_item_id, f.category
    order by b.fee_item_id`);
  return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
}

export interface SkippedCount {
  reason: SkipReason;
  count: number;
}

export function skippedCounts(tx: Tx, runId: string): Promise<SkippedCount[]> {
  return tx.many(sql<SkippedCount>`
    select reason, count(*) as count from billing.skipped_unit
    where company_id = ${tx.companyId} and run_id = ${runId}
    group by reason order by count(*) desc, reason`);
}

/** How many bills stand in the way of a void, and the first of them. */
export interface Blockers {
  readonly count: number;
  readonly examples: string[];
}

const maxExamples = 5;

export async function paidBillsOf(tx: Tx, runId: string): Promise<Blockers> {
  const paid = sql`from billing.bill as b
    join estate.pub_unit as u on u.company_id = b.company_id and u.id = b.unit_id
    where b.company_id = ${tx.companyId} and b.run_id = ${runId}
      -- A charge that was reduced has its own postings, which a void would not take back. What
      -- came out of balances goes back there.
      and b.state = 'issued' and (b.paid_fen > b.from_balance_fen or b.waived_fen > 0)`;
  return await blockers(tx, paid);
}

export async function heldBillsOf(tx: Tx, runId: string): Promise<Blockers> {
  const held = sql`from billing.hold as h
    join billing.bill as b on b.company_id = h.company_id and b.id = h.id
    join estate.pub_unit as u on u.company_id = b.company_id and u.id = b.unit_id
    where h.company_id = ${tx.companyId} and b.run_id = ${runId}`;
  return await blockers(tx, held);
}

async function blockers(tx: Tx, from: ReturnType<typeof sql>): Promise<Blockers> {
  const [{ count }, examples] = await Promise.all([
    tx.one(sql<{ count: number }>`select count(*) as count ${from}`),
    tx.many(sql<{ label: string }>`
      select u.label ${from} order by u.sort_key, b.id limit ${maxExamples}`),
  ]);
  return { count, examples: examples.map((row) => row.label) };
}
