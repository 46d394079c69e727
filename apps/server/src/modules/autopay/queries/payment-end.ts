import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface PaymentEnd {
  readonly state: 'open' | 'paid' | 'closed';
  readonly amountFen: Fen;
  readonly paidAt: Date | null;
  readonly closeReason: string | null;
  /** The channel's code or words. */
  readonly failureCode: string | null;
}

/** What became of a payment that autopay started. */
export function paymentEnd(tx: Tx, paymentId: string): Promise<PaymentEnd> {
  return tx.one(sql<PaymentEnd>`
    select payment.state, payment.amount_fen as "amountFen", payment.paid_at as "paidAt",
      failure.end_reason as "closeReason", failure.failure_code as "failureCode"
    from payment.pub_payment as payment
    join payment.pub_failure as failure on failure.company_id = payment.company_id
      and failure.payment_id = payment.id
    where payment.company_id = ${tx.companyId} and payment.id = ${paymentId}`);
}
