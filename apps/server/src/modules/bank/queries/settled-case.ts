import { sql, type Tx } from '../../../platform/database/index.ts';

export interface SettledCase {
  readonly caseId: string;
  readonly unitId: string;
  readonly amountFen: number;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
}

/** The case whose money a payment was, as two people decided; none for any other payment. */
export function settledCase(tx: Tx, paymentId: string): Promise<SettledCase | undefined> {
  return tx.maybe(sql<SettledCase>`
    select s.case_id as "caseId", s.unit_id as "unitId", s.amount_fen as "amountFen",
      s.requested_by as "requestedBy", s.decided_by as "decidedBy", s.decided_at as "decidedAt"
    from payment.pub_payment as p
    join payment.pub_case_settlement as s on s.company_id = p.company_id
      and s.case_id = p.case_id and s.payment_id = p.id
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}`);
}
