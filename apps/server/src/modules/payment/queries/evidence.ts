import type { PostingView, ProofView } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { maskPayer } from '../domain/mask-payer.ts';
import { instants } from './instants.ts';

type Proof = Static<typeof ProofView>;
type Posting = Static<typeof PostingView>;

/** A case or payment has a handful; more are duplicates that say nothing new. */
const most = 100;
const dayMs = 86_400_000;

/** Partitions are bounded by the day before the subject began: clocks and time zones differ. */
export function firstDayOf(since: Date): string {
  return new Date(since.getTime() - dayMs).toISOString().slice(0, 10);
}

/** What was said about orders, oldest first. */
export async function proofsOfOrders(
  tx: Tx,
  orderNos: readonly string[],
  since: Date,
): Promise<Proof[]> {
  const rows = await tx.many(sql<Omit<Proof, 'receivedAt'> & { receivedAt: Date }>`
    select proof.id, proof.source, proof.order_no as "orderNo", proof.trade_no as "tradeNo",
      proof.amount_fen as "amountFen", proof.received_at as "receivedAt", proof.body, key.outcome
    from payment.proof as proof
    left join payment.proof_key as key on key.company_id = proof.company_id
      and key.id = proof.key_id
    where proof.company_id = ${tx.companyId} and proof.day >= ${firstDayOf(since)}
      and proof.order_no = any (${orderNos}::text[])
    order by proof.received_at, proof.id
    limit ${most}`);
  return rows.map((row) => ({
    ...instants(row, ['receivedAt']),
    body: row.body === null ? null : maskPayer(row.body),
  }));
}

/** What the ledger took because of a payment or case, oldest first. */
export async function postingsOf(
  tx: Tx,
  sourceIds: readonly string[],
  since: Date,
): Promise<Posting[]> {
  const rows = await tx.many(sql<Omit<Posting, 'postedAt'> & { postedAt: Date }>`
    select id, kind, debit_code as debit, credit_code as credit, amount_fen as "amountFen", day,
      posted_at as "postedAt"
    from ledger.pub_transfer
    where company_id = ${tx.companyId} and day >= ${firstDayOf(since)}
      and source_id = any (${sourceIds}::uuid[])
    order by day, id
    limit ${most}`);
  return rows.map((row) => instants(row, ['postedAt']));
}
