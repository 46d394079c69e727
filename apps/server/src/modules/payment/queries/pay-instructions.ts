import { sql, type Tx } from '../../../platform/database/index.ts';
import type { PayInstructions } from '../../channels/index.ts';

/** What the payer's device needs to pay an open payment, as the channel answered it. */
export async function payInstructions(
  tx: Tx,
  paymentId: string,
): Promise<PayInstructions | undefined> {
  const row = await tx.maybe(sql<{ instructions: PayInstructions | null }>`
    select instructions from payment.attempt
    where company_id = ${tx.companyId} and payment_id = ${paymentId} and state = 'pending'
    order by id desc limit 1`);
  return row?.instructions ?? undefined;
}
