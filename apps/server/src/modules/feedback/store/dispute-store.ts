import type { DisputeAnswer } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';

export interface NewDispute {
  readonly ticketId: string;
  readonly billId: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly openedAt: Date;
}

/** @returns false when the bill is disputed already; whoever comes at once waits here */
export async function insertDispute(tx: Tx, dispute: NewDispute): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into feedback.dispute (company_id, id, bill_id, unit_id, community_id, opened_at)
    values (${tx.companyId}, ${dispute.ticketId}, ${dispute.billId}, ${dispute.unitId},
      ${dispute.communityId}, ${dispute.openedAt})
    on conflict (company_id, bill_id) where state = 'open' do nothing`);
  return rows === 1;
}

export interface LockedDispute {
  readonly ticketId: string;
  readonly billId: string;
  readonly state: 'open' | 'answered';
  readonly adjustmentId: string | null;
  readonly answer: DisputeAnswer | null;
}

export function lockDispute(tx: Tx, ticketId: string): Promise<LockedDispute | undefined> {
  return tx.maybe(sql<LockedDispute>`
    select id as "ticketId", bill_id as "billId", state, adjustment_id as "adjustmentId", answer
    from feedback.dispute where company_id = ${tx.companyId} and id = ${ticketId} for update`);
}

/** The ticket whose dispute waits for a change of its bill. */
export async function ticketOfAdjustment(
  tx: Tx,
  adjustmentId: string,
): Promise<{ ticketId: string } | undefined> {
  return await tx.maybe(sql<{ ticketId: string }>`
    select id as "ticketId" from feedback.dispute
    where company_id = ${tx.companyId} and adjustment_id = ${adjustmentId}`);
}

export async function waitForAdjustment(
  tx: Tx,
  ticketId: string,
  { adjustmentId, text }: { adjustmentId: string | null; text: string | null },
): Promise<void> {
  await tx.run(sql`
    update feedback.dispute set adjustment_id = ${adjustmentId}, answer_text = ${text}
    where company_id = ${tx.companyId} and id = ${ticketId} and state = 'open'`);
}

export interface Answered {
  readonly answer: DisputeAnswer;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
}

export async function markAnswered(tx: Tx, ticketId: string, answered: Answered): Promise<void> {
  await tx.run(sql`
    update feedback.dispute set state = 'answered', answer = ${answered.answer},
      answer_text = ${answered.text}, answered_by = ${answered.by}, answered_at = ${answered.at}
    where company_id = ${tx.companyId} and id = ${ticketId} and state = 'open'`);
}

/** What was meant to be answered once the change is decided. */
export async function plannedAnswer(
  tx: Tx,
  ticketId: string,
): Promise<{ readonly text: string | null; readonly isVoid: boolean }> {
  return await tx.one(sql<{ text: string | null; isVoid: boolean }>`
    select d.answer_text as text, b.state = 'void' as "isVoid"
    from feedback.dispute as d
    join billing.pub_bill as b on b.company_id = d.company_id and b.id = d.bill_id
    where d.company_id = ${tx.companyId} and d.id = ${ticketId}`);
}
