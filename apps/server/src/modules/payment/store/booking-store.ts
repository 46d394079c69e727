import type { SurplusReason } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface BookedTrade {
  readonly keyId: string;
  readonly outcome: 'settled' | 'surplus' | 'split';
  readonly amountFen: Fen;
  readonly paymentId: string | null;
  readonly surplusId: string | null;
  readonly surplusReason: SurplusReason | null;
  readonly surplusState: 'open' | 'resolved' | null;
}

/** The primary key refuses a trade that another transaction booked meanwhile. */
export const exactlyOnce = 'proof_key_pkey';

export async function insertProofKey(
  tx: Tx,
  booked: {
    readonly id: string;
    readonly key: string;
    readonly outcome: 'surplus';
    readonly amountFen: Fen;
    readonly paymentId: string | null;
    readonly surplusId: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into payment.proof_key (company_id, id, key, outcome, amount_fen, payment_id,
      surplus_id, booked_at)
    values (${tx.companyId}, ${booked.id}, ${booked.key}, ${booked.outcome}, ${booked.amountFen},
      ${booked.paymentId}, ${booked.surplusId}, ${booked.at})`);
}

export interface NewSurplus {
  readonly id: string;
  readonly caseNo: string;
  readonly reason: SurplusReason;
  readonly amountFen: Fen;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly tradeNo: string | null;
  readonly paymentId: string | null;
  readonly attemptId: string | null;
  readonly openedAt: Date;
  /** `in` unless said. */
  readonly direction?: 'in' | 'out';
  /** Of the refund that it tells of. */
  readonly refundNo?: string;
  /** That the money names, when no payment does. */
  readonly unitId?: string | null;
}

export async function insertSurplus(tx: Tx, surplus: NewSurplus): Promise<void> {
  await tx.run(sql`
    insert into payment.surplus (company_id, id, case_no, reason, amount_fen, channel,
      merchant_account_id, order_no, trade_no, payment_id, attempt_id, opened_at, direction,
      refund_no, unit_id)
    values (${tx.companyId}, ${surplus.id}, ${surplus.caseNo}, ${surplus.reason},
      ${surplus.amountFen}, ${surplus.channel}, ${surplus.merchantAccountId}, ${surplus.orderNo},
      ${surplus.tradeNo}, ${surplus.paymentId}, ${surplus.attemptId}, ${surplus.openedAt},
      ${surplus.direction ?? 'in'}, ${surplus.refundNo ?? null}, ${surplus.unitId ?? null})`);
}

export async function resolveSurplus(
  tx: Tx,
  surplusId: string,
  resolved: { readonly at: Date; readonly resolution: string },
): Promise<void> {
  const written = await tx.run(sql`
    update payment.surplus set state = 'resolved', resolved_fen = amount_fen,
      reserved_by = null, resolved_at = ${resolved.at}, resolution = ${resolved.resolution}
    where company_id = ${tx.companyId} and id = ${surplusId} and state = 'open'
      and reserved_by is null`);
  if (written !== 1) throw new Error(`case ${surplusId} was not open and free`);
}
