import { type Statement, sql, type Tx } from '../platform/database/index.ts';
import { type Check, failure, maxFindings, settleWithinMs } from './check.ts';
import { postingRules } from './posting-rules.ts';

/** Every fact that moves money has its posting, and every posting its fact. */
export const everyFactIsPosted: Check = {
  title: { zh: '每笔业务都已记账', en: 'Every fact is posted, every posting has its fact' },
  run: async (tx) => {
    const findings = [];
    for (const { words, statement } of postingRules(tx.companyId)) {
      const broken = await brokenBy(tx, statement);
      findings.push(...broken.map((subject) => failure(words.zh + subject, words.en + subject)));
    }
    const { count } = await tx.one(sql<{ count: number }>`
      select (select count(*) from payment.payment where company_id = ${tx.companyId}
          and state = 'paid')
        + (select count(*) from payment.surplus where company_id = ${tx.companyId})
        + (select count(*) from billing.bill_run where company_id = ${tx.companyId}
          and state <> 'draft') as count`);
    return { seen: { zh: `${count} 笔业务`, en: `${count} facts` }, findings };
  },
};

/** Every proof of payment is booked, once and with its amount. */
export const everyProofIsBooked: Check = {
  title: { zh: '每张收款凭据都已入账', en: 'Every proof of payment is booked' },
  run: async (tx, now) => {
    const before = new Date(now.getTime() - settleWithinMs);
    const waiting = await brokenBy(
      tx,
      sql`
      select proof.order_no from payment.proof as proof
      where proof.company_id = ${tx.companyId} and proof.day >= '2000-01-01'
        and proof.received_at < ${before}
        and not exists (
          select from payment.proof_key as booked
          where booked.company_id = proof.company_id and booked.id = proof.key_id)`,
    );
    const unproved = await brokenBy(
      tx,
      sql`
      select booked.key from payment.proof_key as booked
      left join payment.proof_key as original on original.company_id = booked.company_id
        and original.key = regexp_replace(booked.key, ':corrected$', '')
      where booked.company_id = ${tx.companyId} and not exists (
        select from payment.proof as proof
        where proof.company_id = booked.company_id and proof.day >= '2000-01-01'
          and proof.key_id = coalesce(original.id, booked.id)
          and proof.amount_fen = booked.amount_fen)`,
    );
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from payment.proof
      where company_id = ${tx.companyId} and day >= '2000-01-01'`);
    return {
      seen: { zh: `${count} 张凭据`, en: `${count} proofs` },
      findings: [
        ...waiting.map((order) =>
          failure(`订单 ${order} 的收款凭据未入账`, `the proof of order ${order} is not booked`),
        ),
        ...unproved.map((key) =>
          failure(`交易 ${key} 没有金额相同的凭据`, `trade ${key} has no proof of its amount`),
        ),
      ],
    };
  },
};

/** What bills say was paid is what payments settled, less what went back, and balances paid. */
export const billsArePaidByPayments: Check = {
  title: {
    zh: '账单已收 = 支付结算 − 退款 + 预存抵缴',
    en: 'What bills were paid equals what payments settled, less refunds, and balances',
  },
  run: async (tx) => {
    const rows = await brokenBy(
      tx,
      sql`
      select coalesce(bill.id, settled.bill_id)::text
      from (select * from billing.bill where company_id = ${tx.companyId} and paid_fen > 0) as bill
      full join (
        select allocation.company_id, allocation.bill_id,
          sum(allocation.settled_fen - allocation.refunded_fen) as fen
        from payment.allocation as allocation
        join payment.payment as payment on payment.company_id = allocation.company_id
          and payment.id = allocation.payment_id and payment.state = 'paid'
        where allocation.company_id = ${tx.companyId}
          and allocation.settled_fen > allocation.refunded_fen
        group by allocation.company_id, allocation.bill_id) as settled
        on settled.company_id = bill.company_id and settled.bill_id = bill.id
      where coalesce(bill.paid_fen - bill.from_balance_fen, 0) <> coalesce(settled.fen, 0)`,
    );
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from billing.bill
      where company_id = ${tx.companyId} and paid_fen > 0`);
    return {
      seen: { zh: `${count} 张已收账单`, en: `${count} paid bills` },
      findings: rows.map((id) =>
        failure(`账单 ${id} 的已收与支付不符`, `bill ${id} does not show what payments settled`),
      ),
    };
  },
};

/** The first subjects of a statement of one text column that finds what is broken. */
async function brokenBy(tx: Tx, statement: Statement): Promise<string[]> {
  const rows = await tx.many(sql<{ subject: string }>`
    select subject from (${statement}) as broken (subject) order by subject limit ${maxFindings}`);
  return rows.map(({ subject }) => subject);
}
