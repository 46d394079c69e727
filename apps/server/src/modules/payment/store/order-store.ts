import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Product } from '../../channels/index.ts';
import type { AttemptState } from './attempt-store.ts';
import type { BookedTrade } from './booking-store.ts';

export interface Line {
  readonly billId: string;
  readonly amountFen: Fen;
}

export interface OrderAttempt {
  readonly id: string;
  readonly state: AttemptState;
  readonly merchantAccountId: string;
  readonly product: Product;
  readonly amountFen: Fen;
}

export interface OrderFacts {
  readonly attempt: OrderAttempt | undefined;
  /** What the order was meant to settle; frozen when the payment began. */
  readonly lines: readonly Line[];
  /** How the trade was booked, under its own key or the corrected one. */
  readonly booked: readonly BookedTrade[];
}

interface Row {
  readonly attempt: OrderAttempt | null;
  readonly lines: readonly Line[];
  readonly booked: readonly BookedTrade[];
}

/**
 * What is known of an order and of a trade. Sent behind the payment's lock as a statement of its
 * own, so that it sees what the lock's holder before us committed.
 */
export async function orderFacts(
  tx: Tx,
  { orderNo, keyIds }: { readonly orderNo: string; readonly keyIds: readonly string[] },
): Promise<OrderFacts> {
  const row = await tx.one(sql<Row>`
    select (
      select jsonb_build_object('id', a.id, 'state', a.state,
        'merchantAccountId', a.merchant_account_id, 'product', a.product,
        'amountFen', a.amount_fen)
      from payment.attempt as a
      where a.company_id = ${tx.companyId} and a.order_no = ${orderNo}
    ) as attempt, (
      select coalesce(jsonb_agg(jsonb_build_object('billId', line.bill_id,
        'amountFen', line.amount_fen) order by line.bill_id), '[]')
      from payment.attempt as a
      join payment.allocation as line on line.company_id = a.company_id
        and line.payment_id = a.payment_id
      where a.company_id = ${tx.companyId} and a.order_no = ${orderNo}
    ) as lines, (
      select coalesce(jsonb_agg(jsonb_build_object('keyId', key.id, 'outcome', key.outcome,
        'amountFen', key.amount_fen, 'paymentId', key.payment_id, 'surplusId', key.surplus_id,
        'surplusReason', surplus.reason,
        -- Money that somebody is about to give back or use is no longer open to correction.
        'surplusState', case when surplus.reserved_by is not null or surplus.resolved_fen > 0
          then 'resolved' else surplus.state end)), '[]')
      from payment.proof_key as key
      left join payment.surplus as surplus on surplus.company_id = key.company_id
        and surplus.id = key.surplus_id
      where key.company_id = ${tx.companyId} and key.id = any (${keyIds}::uuid[])
    ) as booked`);
  return {
    attempt: row.attempt ?? undefined,
    lines: row.lines.map(({ billId, amountFen }) => ({ billId, amountFen: fen(amountFen) })),
    booked: row.booked,
  };
}
