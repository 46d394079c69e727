import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface LockedBill {
  readonly id: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly feeItemName: string;
  readonly category: 'income' | 'deposit' | 'agency';
  readonly openFen: Fen;
  /** The payment that may settle the bill. Past its lease it is still held, until closed. */
  readonly hold: { readonly paymentId: string; readonly leaseUntil: Date } | null;
}

type BillRow = Omit<LockedBill, 'openFen' | 'hold'> & { openFen: number };
interface HoldRow {
  readonly id: string;
  readonly paymentId: string;
  readonly leaseUntil: Date;
}

/**
 * Locks the bills in key order and reads them: published ones that are not void, in key order.
 * A bill that is missing from the answer cannot be paid. Settled bills have nothing open.
 *
 * The holds are read by a second statement of the same trip: it sees what the transaction before
 * us committed while we waited for its locks, which one statement with a join would not.
 */
export async function lockPayableBills(tx: Tx, billIds: readonly string[]): Promise<LockedBill[]> {
  const [bills, holds] = await Promise.all([lockBills(tx, billIds), readHolds(tx, billIds)]);
  const held = new Map(holds.map(({ id, ...hold }) => [id, hold]));
  return bills.map((bill) => ({
    ...bill,
    openFen: fen(bill.openFen),
    hold: held.get(bill.id) ?? null,
  }));
}

function lockBills(tx: Tx, billIds: readonly string[]): Promise<BillRow[]> {
  return tx.many(sql<BillRow>`
    select b.id, b.unit_id as "unitId", b.community_id as "communityId",
      b.fee_item_id as "feeItemId", f.name as "feeItemName", f.category,
      b.amount_fen - b.paid_fen - b.waived_fen as "openFen"
    from billing.bill as b
    join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    where b.company_id = ${tx.companyId} and b.id = any (${billIds}::uuid[])
      and b.state = 'issued' and r.state = 'published'
    order by b.id
    for update of b`);
}

function readHolds(tx: Tx, billIds: readonly string[]): Promise<HoldRow[]> {
  return tx.many(sql<HoldRow>`
    select id, payment_id as "paymentId", lease_until as "leaseUntil" from billing.hold
    where company_id = ${tx.companyId} and id = any (${billIds}::uuid[])`);
}

export interface Hold {
  readonly paymentId: string;
  readonly billIds: readonly string[];
  readonly heldAt: Date;
  readonly leaseUntil: Date;
}

/** Holds locked bills for a payment; an earlier hold is replaced, which is the takeover. */
export async function holdBills(tx: Tx, hold: Hold): Promise<void> {
  await tx.run(sql`
    insert into billing.hold (company_id, id, payment_id, held_at, lease_until)
    select c.id, h.bill_id, ${hold.paymentId}, ${hold.heldAt}, ${hold.leaseUntil}
    from identity.company as c
    cross join unnest(${hold.billIds}::uuid[]) as h (bill_id)
    where c.id = ${tx.companyId}
    order by h.bill_id
    on conflict (company_id, id) do update set payment_id = excluded.payment_id,
      held_at = excluded.held_at, lease_until = excluded.lease_until`);
}

/** Gives up what a payment still holds. Bills that another payment took over stay with it. */
export async function releaseHolds(tx: Tx, paymentId: string): Promise<void> {
  await tx.run(sql`
    delete from billing.hold
    where company_id = ${tx.companyId} and payment_id = ${paymentId}`);
}

export interface SettledBill {
  readonly billId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly settledFen: Fen;
  /** What did not fit, because the bill was paid or voided meanwhile. Goes to suspense. */
  readonly restFen: Fen;
}

export interface Settlement {
  readonly paymentId: string;
  readonly lines: readonly { readonly billId: string; readonly amountFen: Fen }[];
}

/**
 * Puts money on bills, at most what is open on each, and ends the payment's holds: one statement
 * that locks the bills in key order. The answer has one row per bill, and settled + rest add up
 * to what was given.
 * @throws Error when a bill does not exist: bills are never deleted once published
 */
export async function settleBills(tx: Tx, settlement: Settlement): Promise<SettledBill[]> {
  const { billIds, amounts } = perBill(settlement.lines);
  const rows = await tx.many(sql<SettledBill>`
    with line as (
      select bill_id, amount_fen from unnest(${billIds}::uuid[], ${amounts}::bigint[])
        as l (bill_id, amount_fen)
    ), locked as (
      select b.id, b.community_id, b.fee_item_id, case when b.state = 'issued'
        then b.amount_fen - b.paid_fen - b.waived_fen else 0 end as open_fen
      from billing.bill as b
      where b.company_id = ${tx.companyId} and b.id = any (${billIds}::uuid[])
      order by b.id
      for update
    ), share as (
      select k.id, k.community_id, k.fee_item_id, l.amount_fen,
        least(k.open_fen, l.amount_fen) as settled_fen
      from locked as k join line as l on l.bill_id = k.id
    ), paid as (
      update billing.bill as b set paid_fen = b.paid_fen + s.settled_fen
      from share as s
      where b.company_id = ${tx.companyId} and b.id = s.id and s.settled_fen > 0
    ), released as (
      delete from billing.hold
      where company_id = ${tx.companyId} and payment_id = ${settlement.paymentId}
    )
    select id as "billId", community_id as "communityId", fee_item_id as "feeItemId",
      settled_fen as "settledFen", amount_fen - settled_fen as "restFen"
    from share order by id`);
  if (rows.length !== billIds.length) throw new Error('a bill to settle does not exist');
  return rows;
}

/** One line a bill: an update with a join would count only one of two lines. */
function perBill(lines: Settlement['lines']): { billIds: string[]; amounts: number[] } {
  const byBill = new Map<string, number>();
  for (const { billId, amountFen } of lines) {
    byBill.set(billId, fen((byBill.get(billId) ?? 0) + amountFen));
  }
  return { billIds: [...byBill.keys()], amounts: [...byBill.values()] };
}
