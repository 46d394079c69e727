import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

/** A bill that a balance may settle. */
export interface SettleableBill {
  readonly billId: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly openFen: Fen;
}

/** Units with bills in a run that have something to use, and let new bills take it. */
export async function unitsThatPayAhead(
  tx: Tx,
  run: { readonly id: string; readonly communityId: string },
): Promise<string[]> {
  const rows = await tx.many(sql<{ unitId: string }>`
    select balance.unit_id as "unitId" from prepayment.pub_balance as balance
    where balance.company_id = ${tx.companyId} and balance.community_id = ${run.communityId}
      and balance.balance_fen > 0 and balance.free_fen > 0 and balance.uses_itself
      and exists (
        select from billing.bill as b
        where b.company_id = ${tx.companyId} and b.company_id = balance.company_id
          and b.run_id = ${run.id} and b.unit_id = balance.unit_id and b.state = 'issued')
    order by balance.unit_id`);
  return rows.map(({ unitId }) => unitId);
}

type OrderedBill = Omit<SettleableBill, 'openFen'> & {
  readonly openFen: number;
  readonly periodStart: string;
  readonly priority: number;
};

/**
 * Locks the open bills of units in key order. What somebody is paying or disputes is left out, and
 * deposits, which are no running fees.
 * @returns in the order in which they are to be settled: oldest first, then as fee items rank
 */
export async function lockSettleable(
  tx: Tx,
  unitIds: readonly string[],
): Promise<SettleableBill[]> {
  const bills = await tx.many(sql<OrderedBill>`
    select b.id as "billId", b.unit_id as "unitId", b.community_id as "communityId",
      b.fee_item_id as "feeItemId", b.period_start as "periodStart", f.priority,
      b.amount_fen - b.paid_fen - b.waived_fen as "openFen"
    from billing.bill as b
    join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
      and r.state = 'published'
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    where b.company_id = ${tx.companyId} and b.unit_id = any (${unitIds}::uuid[])
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen
      and f.category <> 'deposit'
    order by b.id
    for update of b`);
  const kept = await leftAlone(
    tx,
    bills.map(({ billId }) => billId),
  );
  return bills
    .filter(({ billId }) => !kept.has(billId))
    .sort(inOrder)
    .map(({ openFen, periodStart: _start, priority: _rank, ...bill }) => ({
      ...bill,
      openFen: fen(openFen),
    }));
}

/** A statement of its own, so that it sees what was committed while we waited for the locks. */
async function leftAlone(tx: Tx, billIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.many(sql<{ id: string }>`
    select id from billing.hold
    where company_id = ${tx.companyId} and id = any (${billIds}::uuid[])
    union
    select bill_id from feedback.pub_dispute
    where company_id = ${tx.companyId} and bill_id = any (${billIds}::uuid[]) and state = 'open'`);
  return new Set(rows.map(({ id }) => id));
}

function inOrder(a: OrderedBill, b: OrderedBill): number {
  if (a.periodStart !== b.periodStart) return a.periodStart < b.periodStart ? -1 : 1;
  if (a.priority !== b.priority) return a.priority - b.priority;
  return a.billId < b.billId ? -1 : 1;
}

/** Puts money of balances on locked bills. @throws Error when one is not open so far */
export async function payFromBalances(
  tx: Tx,
  lines: readonly { readonly billId: string; readonly amountFen: Fen }[],
): Promise<void> {
  const written = await tx.run(sql`
    update billing.bill as b set paid_fen = b.paid_fen + line.amount_fen,
      from_balance_fen = b.from_balance_fen + line.amount_fen
    from unnest(${lines.map(({ billId }) => billId)}::uuid[],
      ${lines.map(({ amountFen }) => amountFen)}::bigint[]) as line (bill_id, amount_fen)
    where b.company_id = ${tx.companyId} and b.id = line.bill_id and b.state = 'issued'`);
  if (written !== lines.length) throw new Error('a bill to settle from a balance is not open');
}

/** What the bills of a run took out of balances. The caller holds their locks. */
export async function takenFromBalances(tx: Tx, runId: string) {
  const rows = await tx.many(sql<Omit<SettleableBill, 'openFen'> & { amountFen: number }>`
    select b.id as "billId", b.unit_id as "unitId", b.community_id as "communityId",
      b.fee_item_id as "feeItemId", b.from_balance_fen as "amountFen"
    from billing.bill as b
    where b.company_id = ${tx.companyId} and b.run_id = ${runId} and b.from_balance_fen > 0
      and b.state = 'issued'
    order by b.id`);
  return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
}
