import { sql, type Tx } from '../../../platform/database/index.ts';

export interface MoneyOfUnit {
  readonly unitId: string;
  readonly amountFen: number;
  readonly paidAt: Date;
}

/** What a payment settled, by home. */
export function moneyOf(tx: Tx, paymentId: string): Promise<MoneyOfUnit[]> {
  return tx.many(sql<MoneyOfUnit>`
    select bill.unit_id as "unitId", sum(line.settled_fen)::bigint as "amountFen",
      payment.paid_at as "paidAt"
    from payment.pub_payment as payment
    join payment.pub_allocation as line on line.company_id = payment.company_id
      and line.payment_id = payment.id and line.settled_fen > 0
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    where payment.company_id = ${tx.companyId} and payment.id = ${paymentId}
      and payment.paid_at is not null
    group by bill.unit_id, payment.paid_at order by bill.unit_id`);
}
