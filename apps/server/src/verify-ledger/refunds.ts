import { sql } from '../platform/database/index.ts';
import { type Check, failure, maxFindings, settleWithinMs } from './check.ts';

/** Every proof of money that went back is booked, once. */
export const everyRefundProofIsBooked: Check = {
  title: { zh: '每张退款凭据都已入账', en: 'Every proof of a refund is booked' },
  run: async (tx, now) => {
    const before = new Date(now.getTime() - settleWithinMs);
    const waiting = await tx.many(sql<{ refundNo: string }>`
      select distinct proof.refund_no as "refundNo" from payment.refund_proof as proof
      where proof.company_id = ${tx.companyId} and proof.day >= '2000-01-01'
        and proof.received_at < ${before}
        and not exists (
          select from payment.refund_key as booked
          where booked.company_id = proof.company_id and booked.id = proof.key_id)
        -- A notice of another amount that the channel's own books did not bear out is done with.
        and (proof.source <> 'notification'
          or exists (
            select from payment.unbooked_refund_proof as waiting
            where waiting.company_id = proof.company_id and waiting.id = proof.id)
          or not exists (
            select from payment.refund_attempt as attempt
            join payment.refund as refund on refund.company_id = attempt.company_id
              and refund.id = attempt.refund_id
            where attempt.company_id = proof.company_id
              and attempt.refund_no = proof.refund_no
              and refund.amount_fen <> proof.amount_fen))
      order by 1 limit ${maxFindings}`);
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from payment.refund_proof
      where company_id = ${tx.companyId} and day >= '2000-01-01'`);
    return {
      seen: { zh: `${count} 张凭据`, en: `${count} proofs` },
      findings: waiting.map(({ refundNo }) =>
        failure(
          `退款单号 ${refundNo} 的凭据未入账`,
          `the proof of refund ${refundNo} is not booked`,
        ),
      ),
    };
  },
};

/** What lines of payments say was given back and promised is what refunds say. */
export const refundsAddUp: Check = {
  title: { zh: '支付明细的已退与预留 = 退款', en: 'Lines show what refunds gave back and reserve' },
  run: async (tx) => {
    const rows = await tx.many(sql<{ paymentId: string }>`
      select distinct line.payment_id::text as "paymentId" from payment.allocation as line
      left join (
        select part.allocation_id,
          sum(part.amount_fen) filter (where refund.state in ('refunded', 'returned')) as refunded,
          sum(part.amount_fen) filter (where refund.state in
            ('requested', 'approved', 'processing', 'refused', 'failed')) as reserved
        from payment.refund_line as part
        join payment.refund as refund on refund.company_id = part.company_id
          and refund.id = part.refund_id
        where part.company_id = ${tx.companyId}
        group by part.allocation_id
      ) as known on known.allocation_id = line.id
      where line.company_id = ${tx.companyId}
        and (line.refunded_fen <> coalesce(known.refunded, 0)
          or line.refund_reserved_fen <> coalesce(known.reserved, 0))
      order by 1 limit ${maxFindings}`);
    const { count } = await tx.one(sql<{ count: number }>`
      select count(*) as count from payment.refund where company_id = ${tx.companyId}`);
    return {
      seen: { zh: `${count} 笔退款`, en: `${count} refunds` },
      findings: rows.map(({ paymentId }) =>
        failure(
          `支付 ${paymentId} 的明细与退款不符`,
          `the lines of payment ${paymentId} do not show what refunds did`,
        ),
      ),
    };
  },
};
