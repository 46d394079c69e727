import { type Fen, fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';

export type RefundProofSource = 'answer' | 'notification' | 'query' | 'desk' | 'statement';

/** What a channel or the desk said of money that went back. */
export interface RefundProof {
  readonly id: string;
  /** The recording day, UTC: the partition. */
  readonly day: string;
  readonly source: RefundProofSource;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly refundNo: string;
  readonly channelRefundNo: string;
  readonly keyId: string;
  readonly amountFen: Fen;
  readonly refundedAt: Date;
  readonly body: string;
}

export async function insertRefundProof(
  tx: Tx,
  proof: RefundProof,
  receivedAt: Date,
): Promise<void> {
  await tx.run(sql`
    insert into payment.refund_proof (company_id, day, id, source, channel, merchant_account_id,
      order_no, refund_no, channel_refund_no, key_id, amount_fen, refunded_at, body, received_at)
    values (${tx.companyId}, ${proof.day}, ${proof.id}, ${proof.source}, ${proof.channel},
      ${proof.merchantAccountId}, ${proof.orderNo}, ${proof.refundNo}, ${proof.channelRefundNo},
      ${proof.keyId}, ${proof.amountFen}, ${proof.refundedAt}, ${proof.body}, ${receivedAt})
    on conflict (company_id, day, id) do nothing`);
}

/** Keeps a proof and notes that it waits to be booked; the same proof again only notes it. */
export async function storeRefundProof(
  tx: Tx,
  proof: RefundProof,
  times: { readonly receivedAt: Date; readonly dueAt: Date },
): Promise<void> {
  await Promise.all([
    insertRefundProof(tx, proof, times.receivedAt),
    tx.run(sql`
      insert into payment.unbooked_refund_proof (company_id, id, day, due_at)
      values (${tx.companyId}, ${proof.id}, ${proof.day}, ${times.dueAt})
      on conflict (company_id, id) do nothing`),
  ]);
}

export async function deleteUnbookedRefund(tx: Tx, proofId: string): Promise<void> {
  await tx.run(sql`
    delete from payment.unbooked_refund_proof
    where company_id = ${tx.companyId} and id = ${proofId}`);
}

export async function companiesWithUnbookedRefunds(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from payment.unbooked_refund_proof
    where due_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

/** Proofs that are due to be booked, oldest first. */
export async function unbookedRefundProofs(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ proof: RefundProof; tries: number }[]> {
  const rows = await tx.many(sql<RefundProof & { tries: number }>`
    select waiting.tries, proof.id, proof.day, proof.source, proof.channel,
      proof.merchant_account_id as "merchantAccountId", proof.order_no as "orderNo",
      proof.refund_no as "refundNo", proof.channel_refund_no as "channelRefundNo",
      proof.key_id as "keyId", proof.amount_fen as "amountFen",
      proof.refunded_at as "refundedAt", proof.body
    from payment.unbooked_refund_proof as waiting
    join payment.refund_proof as proof on proof.company_id = waiting.company_id
      and proof.day = waiting.day and proof.id = waiting.id
    where waiting.company_id = ${tx.companyId} and waiting.due_at <= ${now}
    order by waiting.due_at, waiting.id
    limit ${limit}`);
  return rows.map(({ tries, ...proof }) => ({
    tries,
    proof: { ...proof, amountFen: fen(proof.amountFen) },
  }));
}

export async function postponeUnbookedRefund(
  tx: Tx,
  proofId: string,
  failure: { readonly dueAt: Date; readonly error: string },
): Promise<void> {
  await tx.run(sql`
    update payment.unbooked_refund_proof set due_at = ${failure.dueAt}, tries = tries + 1,
      last_error = ${failure.error}
    where company_id = ${tx.companyId} and id = ${proofId}`);
}

export interface BookedRefund {
  readonly keyId: string;
  readonly outcome: 'refunded' | 'unasked' | 'returned';
  readonly amountFen: Fen;
  readonly refundId: string | null;
  readonly caseId: string | null;
}

/** The primary key refuses a refund that another transaction booked meanwhile. */
export const refundOnce = 'refund_key_pkey';

export async function refundKeys(tx: Tx, keyIds: readonly string[]): Promise<BookedRefund[]> {
  const rows = await tx.many(sql<BookedRefund>`
    select id as "keyId", outcome, amount_fen as "amountFen", refund_id as "refundId",
      case_id as "caseId"
    from payment.refund_key
    where company_id = ${tx.companyId} and id = any (${keyIds}::uuid[])`);
  return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
}

export async function insertRefundKey(
  tx: Tx,
  booked: Omit<BookedRefund, 'keyId'> & {
    readonly id: string;
    readonly key: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into payment.refund_key (company_id, id, key, outcome, amount_fen, refund_id, case_id,
      booked_at)
    values (${tx.companyId}, ${booked.id}, ${booked.key}, ${booked.outcome}, ${booked.amountFen},
      ${booked.refundId}, ${booked.caseId}, ${booked.at})`);
}
