import { sql } from '../platform/database/index.ts';
import { type Check, failure, maxFindings } from './check.ts';

/** A balance is what moved it, and what bills took out of balances is what they say they took. */
export const balancesAddUp: Check = {
  title: { zh: '预存余额与流水、账单一致', en: 'Balances equal their movements and the bills' },
  run: async (tx) => {
    const balances = await tx.many(sql<{ unitId: string }>`
      select balance.id::text as "unitId" from prepayment.balance as balance
      left join (
        select unit_id, sum(amount_fen) as fen from prepayment.movement
        where company_id = ${tx.companyId} group by unit_id) as moved
        on moved.unit_id = balance.id
      where balance.company_id = ${tx.companyId}
        and balance.balance_fen <> coalesce(moved.fen, 0)
      order by 1 limit ${maxFindings}`);
    const bills = await tx.many(sql<{ billId: string }>`
      select coalesce(bill.id, moved.bill_id)::text as "billId"
      from (select * from billing.bill
        where company_id = ${tx.companyId} and from_balance_fen > 0) as bill
      full join (
        select bill_id, -sum(amount_fen) as fen from prepayment.movement
        where company_id = ${tx.companyId} and bill_id is not null
        group by bill_id having sum(amount_fen) <> 0) as moved on moved.bill_id = bill.id
      where bill.from_balance_fen is distinct from moved.fen
      order by 1 limit ${maxFindings}`);
    const topUps = await tx.many(sql<{ paymentId: string }>`
      select coalesce(payment.id, moved.payment_id)::text as "paymentId"
      from (select * from payment.payment where company_id = ${tx.companyId}
        and state = 'paid' and top_up_fen > 0) as payment
      full join (
        select payment_id, sum(amount_fen) as fen from prepayment.movement
        where company_id = ${tx.companyId} and payment_id is not null
        group by payment_id having sum(amount_fen) <> 0) as moved
        on moved.payment_id = payment.id
      where coalesce(payment.top_up_fen - payment.top_up_refunded_fen, 0)
        <> coalesce(moved.fen, 0)
      order by 1 limit ${maxFindings}`);
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from prepayment.movement where company_id = ${tx.companyId}`);
    return {
      seen: { zh: `${count} 笔预存流水`, en: `${count} movements` },
      findings: [
        ...balances.map(({ unitId }) =>
          failure(
            `房屋 ${unitId} 的预存余额与流水不符`,
            `the balance of unit ${unitId} differs from its movements`,
          ),
        ),
        ...bills.map(({ billId }) =>
          failure(
            `账单 ${billId} 的预存抵缴与流水不符`,
            `bill ${billId} does not show what it took out of a balance`,
          ),
        ),
        ...topUps.map(({ paymentId }) =>
          failure(
            `支付 ${paymentId} 的预存与流水不符`,
            `payment ${paymentId} did not reach the balance that it was for`,
          ),
        ),
      ],
    };
  },
};
