import type { BillDispute } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

type Row = Omit<BillDispute, 'answeredAt'> & {
  readonly billId: string;
  readonly answeredAt: Date | null;
};

/**
 * The newest dispute of each bill, but for withdrawn ones. That a bill is disputed and how it ended
 * the whole home sees; the ticket and the office's words only who opened it.
 */
export async function disputesOf(
  tx: Tx,
  { billIds, accountId }: { readonly billIds: readonly string[]; readonly accountId: string },
): Promise<ReadonlyMap<string, BillDispute>> {
  const rows = await tx.many(sql<Row>`
    select distinct on (bill_id) bill_id as "billId", state, answer,
      case when account_id = ${accountId} then id end as "ticketId",
      case when account_id = ${accountId} then answer_text end as "answerText",
      answered_at as "answeredAt"
    from feedback.pub_dispute_answer
    where company_id = ${tx.companyId} and bill_id = any (${billIds}::uuid[])
      and answer is distinct from 'withdrawn'
    order by bill_id, opened_at desc, id desc`);
  return new Map(
    rows.map(({ billId, answeredAt, ...dispute }) => [
      billId,
      { ...dispute, answeredAt: answeredAt?.toISOString() ?? null },
    ]),
  );
}
