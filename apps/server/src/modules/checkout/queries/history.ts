import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

export interface HistoryRow {
  readonly kind: 'payment' | 'balance';
  /** Of the payment; of the first movement of a use. */
  readonly id: string;
  readonly at: Date;
  readonly unitId: string;
}

export interface HistoryQuery {
  /** Homes of which everything is seen. */
  readonly insideUnitIds: readonly string[];
  /** One's own payments are seen of this home, or of all. */
  readonly payerUnitId: string | undefined;
  readonly payerKey: string;
  readonly after: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** What was paid for homes and what balances settled, newest first; one row each. */
export async function historyRows(tx: Tx, query: HistoryQuery): Promise<HistoryRow[]> {
  const { insideUnitIds, payerUnitId, payerKey, limit } = query;
  const ofHome = payerUnitId ? sql`and own.unit_id = ${payerUnitId}` : emptySql;
  return await tx.many(sql<HistoryRow>`
    select * from (
      (select 'payment' as kind, p.id, coalesce(p.paid_at, p.created_at) as at,
        p.unit_id as "unitId"
      from payment.pub_payment as p
      where p.company_id = ${tx.companyId} and (p.state = 'paid'
          or (p.state = 'open' and p.payer_key = ${payerKey}))
        and p.id in (
          select payment_id from payment.pub_payment_unit
          where company_id = ${tx.companyId} and unit_id = any (${insideUnitIds}::uuid[])
          union
          select own.payment_id from payment.pub_payment as mine
          join payment.pub_payment_unit as own on own.company_id = mine.company_id
            and own.payment_id = mine.id ${ofHome}
          where mine.company_id = ${tx.companyId} and mine.payer_key = ${payerKey}
            and mine.source in ('resident', 'autopay'))
        ${past(query, sql`coalesce(p.paid_at, p.created_at)`, sql`p.id`)}
      order by 3 desc, 2 desc limit ${limit})
      union all
      (select 'balance', used.id, used.at, used.unit_id
      from (
        select min(moved.id::text)::uuid as id, min(moved.at) as at, moved.unit_id
        from prepayment.pub_movement as moved
        where moved.company_id = ${tx.companyId} and moved.kind = 'use'
          and moved.unit_id = any (${insideUnitIds}::uuid[])
        group by moved.source_id, moved.unit_id) as used
      where true ${past(query, sql`used.at`, sql`used.id`)}
      order by 3 desc, 2 desc limit ${limit})
    ) as entry
    order by at desc, id desc limit ${limit}`);
}

function past({ after }: HistoryQuery, at: Statement, id: Statement): Statement {
  return after ? sql`and (${at}, ${id}) < (${after.at}, ${after.id}::uuid)` : emptySql;
}

export interface HistoryLine {
  readonly ofId: string;
  readonly unitId: string;
  readonly name: string;
  readonly month: string;
  readonly amountFen: number;
  readonly settledFen: number;
  readonly refundedFen: number;
}

/** What payments and uses were for; a use is named by its first movement. */
export async function historyLines(
  tx: Tx,
  ids: { readonly payments: readonly string[]; readonly uses: readonly string[] },
): Promise<HistoryLine[]> {
  return await tx.many(sql<HistoryLine>`
    select line.payment_id as "ofId", bill.unit_id as "unitId", item.name, bill.month,
      line.amount_fen as "amountFen", line.settled_fen as "settledFen",
      line.refunded_fen as "refundedFen"
    from payment.pub_allocation as line
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = line.fee_item_id
    where line.company_id = ${tx.companyId} and line.payment_id = any (${ids.payments}::uuid[])
    union all
    select first.id, used.unit_id, item.name, bill.month, -used.amount_fen, -used.amount_fen, 0
    from prepayment.pub_movement as first
    join prepayment.pub_movement as used on used.company_id = first.company_id
      and used.source_id = first.source_id and used.unit_id = first.unit_id
      and used.kind = 'use'
    join billing.pub_bill as bill on bill.company_id = used.company_id and bill.id = used.bill_id
    join charging.pub_fee_item as item on item.company_id = bill.company_id
      and item.id = bill.fee_item_id
    where first.company_id = ${tx.companyId} and first.id = any (${ids.uses}::uuid[])
    order by 4, 3`);
}

export interface PaymentFacts {
  readonly id: string;
  readonly state: 'open' | 'paid' | 'closed';
  readonly payerKey: string;
  readonly channel: string;
  readonly amountFen: number;
  readonly topUpFen: number;
  readonly topUpRefundedFen: number;
  readonly unitId: string;
}

export async function paymentFacts(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentFacts>> {
  const rows = await tx.many(sql<PaymentFacts>`
    select id, state, payer_key as "payerKey", channel, amount_fen as "amountFen",
      top_up_fen as "topUpFen", top_up_refunded_fen as "topUpRefundedFen", unit_id as "unitId"
    from payment.pub_payment
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What units are called, also of homes that are not the asker's any more. */
export async function labelsOf(
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(sql<{ id: string; label: string }>`
    select id, label from estate.pub_unit
    where company_id = ${tx.companyId} and id = any (${unitIds}::uuid[])`);
  return new Map(rows.map(({ id, label }) => [id, label]));
}
