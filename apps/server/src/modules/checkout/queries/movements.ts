import type { PrepaymentMovement } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import { movementText } from '../domain/words.ts';

interface Row {
  readonly id: string;
  readonly kind: PrepaymentMovement['kind'];
  readonly amountFen: number;
  readonly balanceAfterFen: number;
  readonly at: Date;
  readonly reason: string;
  readonly actor: string;
  readonly billId: string | null;
  readonly paymentId: string | null;
  readonly name: string | null;
  readonly month: string | null;
}

const defaultLimit = 50;

/** Every change of a unit's balance, newest first. */
export async function movementsOf(
  tx: Tx,
  query: { readonly unitId: string; readonly after?: string; readonly limit?: number },
): Promise<{ items: PrepaymentMovement[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const after = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(query.after ?? '')
    ? sql`and moved.id < ${query.after}::uuid`
    : emptySql;
  const rows = await tx.many(sql<Row>`
    select moved.id, moved.kind, moved.amount_fen as "amountFen",
      moved.balance_after_fen as "balanceAfterFen", moved.at, moved.reason, moved.actor,
      moved.bill_id as "billId", moved.payment_id as "paymentId", item.name, bill.month
    from prepayment.pub_movement as moved
    left join billing.pub_bill as bill on bill.company_id = moved.company_id
      and bill.id = moved.bill_id
    left join charging.pub_fee_item as item on item.company_id = bill.company_id
      and item.id = bill.fee_item_id
    where moved.company_id = ${tx.companyId} and moved.unit_id = ${query.unitId} ${after}
    order by moved.id desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(viewOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

function viewOf({ at, reason, name, month, ...row }: Row): PrepaymentMovement {
  const line = name === null || month === null ? undefined : { name, month };
  return { ...row, at: at.toISOString(), text: movementText(reason, line) };
}
