import { sql, type Tx } from '../../../platform/database/index.ts';

export interface OpenDebt {
  readonly billId: string;
  readonly unitId: string;
  readonly feeItemId: string;
  readonly month: string;
  readonly dueOn: string;
  readonly openFen: number;
  /** While a payment may settle it; in the past when that payment is about to be closed. */
  readonly heldUntil: Date | null;
}

type Row = Omit<OpenDebt, 'heldUntil'>;

/**
 * What units owe on published bills, under locks that a payment's confirmation waits for, and that
 * wait for one: whoever acts on the answer in this transaction acts before the payment or knows of
 * it. In key order, like every lock on bills. A bill that was settled while we waited is not there.
 */
export async function lockOpenDebts(tx: Tx, unitIds: readonly string[]): Promise<OpenDebt[]> {
  const [debts, holds] = await Promise.all([lockDebts(tx, unitIds), readHolds(tx, unitIds)]);
  const held = new Map(holds.map(({ billId, leaseUntil }) => [billId, leaseUntil]));
  return debts.map((debt) => ({ ...debt, heldUntil: held.get(debt.billId) ?? null }));
}

function lockDebts(tx: Tx, unitIds: readonly string[]): Promise<Row[]> {
  return tx.many(sql<Row>`
    select b.id as "billId", b.unit_id as "unitId", b.fee_item_id as "feeItemId", b.month,
      b.due_on as "dueOn", b.amount_fen - b.paid_fen - b.waived_fen as "openFen"
    from billing.bill as b
    join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
      and r.state = 'published'
    where b.company_id = ${tx.companyId} and b.unit_id = any (${unitIds}::uuid[])
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen
    order by b.id
    for share of b`);
}

function readHolds(
  tx: Tx,
  unitIds: readonly string[],
): Promise<{ billId: string; leaseUntil: Date }[]> {
  return tx.many(sql<{ billId: string; leaseUntil: Date }>`
    select h.id as "billId", h.lease_until as "leaseUntil"
    from billing.bill as b
    join billing.hold as h on h.company_id = b.company_id and h.id = b.id
    where b.company_id = ${tx.companyId} and b.unit_id = any (${unitIds}::uuid[])
      and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen`);
}
