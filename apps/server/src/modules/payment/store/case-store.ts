import type { SurplusReason } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface LockedCase {
  readonly id: string;
  readonly caseNo: string;
  readonly direction: 'in' | 'out';
  readonly reason: SurplusReason;
  readonly state: 'open' | 'resolved';
  /** What is still to be resolved of it. */
  readonly leftFen: Fen;
  readonly reservedBy: string | null;
  readonly paymentId: string | null;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly tradeNo: string | null;
}

/** Several are locked in key order; a payment's lock comes before. */
export async function lockCases(tx: Tx, caseIds: readonly string[]): Promise<LockedCase[]> {
  const rows = await tx.many(sql<LockedCase>`
    select id, case_no as "caseNo", direction, reason, state,
      amount_fen - resolved_fen as "leftFen", reserved_by as "reservedBy",
      payment_id as "paymentId", channel, merchant_account_id as "merchantAccountId",
      order_no as "orderNo", trade_no as "tradeNo"
    from payment.surplus
    where company_id = ${tx.companyId} and id = any (${caseIds}::uuid[])
    order by id
    for update`);
  return rows.map((row) => ({ ...row, leftFen: fen(row.leftFen) }));
}

/** One refund or settlement at a time works on a case. */
export async function reserveCase(tx: Tx, caseId: string, by: string): Promise<void> {
  const written = await tx.run(sql`
    update payment.surplus set reserved_by = ${by}
    where company_id = ${tx.companyId} and id = ${caseId} and state = 'open'
      and reserved_by is null`);
  if (written !== 1) throw new Error(`case ${caseId} was not free`);
}

export async function releaseCase(tx: Tx, caseId: string, by: string): Promise<void> {
  await tx.run(sql`
    update payment.surplus set reserved_by = null
    where company_id = ${tx.companyId} and id = ${caseId} and reserved_by = ${by}`);
}

/** Resolves all or some of a case and frees it. */
export async function resolveCase(
  tx: Tx,
  caseId: string,
  part: { readonly amountFen: Fen; readonly at: Date; readonly resolution: string },
): Promise<void> {
  const written = await tx.run(sql`
    update payment.surplus set resolved_fen = resolved_fen + ${part.amountFen}::bigint,
      reserved_by = null,
      state = case when resolved_fen + ${part.amountFen} = amount_fen
        then 'resolved' else state end,
      resolved_at = case when resolved_fen + ${part.amountFen} = amount_fen
        then ${part.at}::timestamptz end,
      resolution = case when resolved_fen + ${part.amountFen} = amount_fen
        then ${part.resolution} end
    where company_id = ${tx.companyId} and id = ${caseId} and state = 'open'`);
  if (written !== 1) throw new Error(`case ${caseId} was not open`);
}
