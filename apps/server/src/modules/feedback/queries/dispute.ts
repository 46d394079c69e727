import type { TicketDispute } from '@wuye-pay/contract';
import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';

type Times = 'answeredAt';
export type DisputeRow = Omit<TicketDispute, Times> & { readonly answeredAt: Date | null };

export const disputeColumns = sql`d.bill_id as "billId", f.name as "feeItemName", b.month,
  b.amount_fen as "amountFen", b.paid_fen as "paidFen",
  case when b.state = 'void' then 0 else b.amount_fen - b.paid_fen - b.waived_fen end as "openFen",
  b.state = 'void' as "isVoid", d.state, d.adjustment_id as "adjustmentId", d.answer,
  d.answer_text as "answerText", d.answered_at as "answeredAt", d.answered_by as "answeredBy"`;

export const disputeSource = sql`
  from feedback.dispute as d
  join billing.pub_bill as b on b.company_id = d.company_id and b.id = d.bill_id
  join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id`;

export async function disputeOf(tx: Tx, ticketId: string): Promise<TicketDispute | null> {
  const row = await tx.maybe(sql<DisputeRow>`
    select ${disputeColumns} ${disputeSource}
    where d.company_id = ${tx.companyId} and d.id = ${ticketId}`);
  return row ? disputeView(row) : null;
}

/** Until it is answered the text is only planned, and nobody's to read. */
export function disputeView(row: DisputeRow): TicketDispute {
  const answerText = row.state === 'answered' ? row.answerText : null;
  return { ...row, answerText, answeredAt: row.answeredAt?.toISOString() ?? null };
}

export function disputeFilters(
  tx: Tx,
  filter: {
    readonly state?: 'open' | 'answered' | undefined;
    readonly communityId?: string | undefined;
  },
): Statement[] {
  const parts = [sql`d.company_id = ${tx.companyId}`];
  if (filter.state !== undefined) parts.push(sql`d.state = ${filter.state}`);
  if (filter.communityId !== undefined) parts.push(sql`d.community_id = ${filter.communityId}`);
  return parts;
}
