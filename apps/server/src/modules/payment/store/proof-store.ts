import { fen } from '@wuye-pay/money';
import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { Proof } from '../domain/proof.ts';

/** Keeps a proof and notes that it waits to be booked; the same proof again only notes it. */
export async function storeProof(
  tx: Tx,
  proof: Proof,
  times: { readonly receivedAt: Date; readonly dueAt: Date },
): Promise<void> {
  await Promise.all([
    insertProof(tx, proof, times.receivedAt),
    tx.run(sql`
      insert into payment.unbooked_proof (company_id, id, day, due_at)
      values (${tx.companyId}, ${proof.id}, ${proof.day}, ${times.dueAt})
      on conflict (company_id, id) do nothing`),
  ]);
}

/** By itself for proofs that are booked in the same transaction. */
export async function insertProof(tx: Tx, proof: Proof, receivedAt: Date): Promise<void> {
  await tx.run(sql`
    insert into payment.proof (company_id, day, id, source, channel, merchant_account_id, order_no,
      trade_no, key_id, amount_fen, currency, paid_at, body, received_at)
    values (${tx.companyId}, ${proof.day}, ${proof.id}, ${proof.source}, ${proof.channel},
      ${proof.merchantAccountId}, ${proof.orderNo}, ${proof.tradeNo}, ${proof.keyId},
      ${proof.amountFen}, ${proof.currency}, ${proof.paidAt}, ${proof.body}, ${receivedAt})
    on conflict (company_id, day, id) do nothing`);
}

/** The proof is booked; one that is in doubt still waits for the channel. */
export async function deleteUnbooked(tx: Tx, proofId: string): Promise<void> {
  await tx.run(sql`
    delete from payment.unbooked_proof
    where company_id = ${tx.companyId} and id = ${proofId} and not is_doubtful`);
}

/** The proof is booked, and the channel must be asked about it. */
export async function markDoubtful(tx: Tx, proofId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update payment.unbooked_proof set is_doubtful = true, due_at = ${at}
    where company_id = ${tx.companyId} and id = ${proofId}`);
}

export async function endDoubt(tx: Tx, proofId: string): Promise<void> {
  await tx.run(sql`
    delete from payment.unbooked_proof where company_id = ${tx.companyId} and id = ${proofId}`);
}

export async function companiesWithUnbooked(db: Queryable, now: Date): Promise<string[]> {
  const rows = await db.many(sql<{ companyId: string }>`
    select company_id as "companyId" from payment.unbooked_proof
    where due_at <= ${now}
    group by company_id`);
  return rows.map(({ companyId }) => companyId);
}

export interface UnbookedProof {
  readonly proof: Proof;
  readonly tries: number;
  readonly isDoubtful: boolean;
}

/** Proofs that are due to be booked, oldest first. */
export async function unbookedProofs(tx: Tx, now: Date, limit: number): Promise<UnbookedProof[]> {
  const rows = await tx.many(sql<Proof & { tries: number; isDoubtful: boolean }>`
    select waiting.tries, waiting.is_doubtful as "isDoubtful", proof.id, proof.day,
      proof.source, proof.channel,
      proof.merchant_account_id as "merchantAccountId", proof.order_no as "orderNo",
      proof.trade_no as "tradeNo", proof.key_id as "keyId", proof.amount_fen as "amountFen",
      proof.currency, proof.paid_at as "paidAt", proof.body
    from payment.unbooked_proof as waiting
    join payment.proof as proof on proof.company_id = waiting.company_id
      and proof.day = waiting.day and proof.id = waiting.id
    where waiting.company_id = ${tx.companyId} and waiting.due_at <= ${now}
    order by waiting.due_at, waiting.id
    limit ${limit}`);
  return rows.map(({ tries, isDoubtful, ...proof }) => ({
    tries,
    isDoubtful,
    proof: { ...proof, amountFen: fen(proof.amountFen) },
  }));
}

/** A proof that could not be booked waits longer each time; nobody drops it. */
export async function postponeUnbooked(
  tx: Tx,
  proofId: string,
  failure: { readonly dueAt: Date; readonly error: string },
): Promise<void> {
  await tx.run(sql`
    update payment.unbooked_proof set due_at = ${failure.dueAt}, tries = tries + 1,
      last_error = ${failure.error}
    where company_id = ${tx.companyId} and id = ${proofId}`);
}
