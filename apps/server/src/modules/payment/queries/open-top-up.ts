import { sql, type Tx } from '../../../platform/database/index.ts';
import type { HeldPayment } from './held-payment.ts';

/** What a payer has begun to pay ahead for a unit and not ended: the same amount again. */
export async function openTopUp(
  tx: Tx,
  wish: { readonly unitId: string; readonly payerKey: string; readonly topUpFen: number },
): Promise<HeldPayment | undefined> {
  return await tx.maybe(sql<HeldPayment>`
    select p.id, p.state, p.payer_key as "payerKey", p.expires_at as "expiresAt",
      '[]'::jsonb as lines
    from payment.payment as p
    where p.company_id = ${tx.companyId} and p.unit_id = ${wish.unitId} and p.state = 'open'
      and p.payer_key = ${wish.payerKey} and p.top_up_fen = ${wish.topUpFen}
    order by p.id desc limit 1`);
}
