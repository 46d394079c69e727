import type { TicketContext, TicketSource, TicketState } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';

export interface SealedPhone {
  readonly cipher: Buffer;
  readonly index: Buffer;
  readonly masked: string;
}

export interface NewTicket {
  readonly id: string;
  readonly ticketNo: string;
  readonly categoryId: string;
  readonly communityId: string;
  readonly unitId: string | null;
  readonly source: TicketSource;
  readonly accountId: string | null;
  readonly payerKey: string | null;
  readonly openedBy: string;
  readonly phone: SealedPhone | null;
  readonly language: 'zh' | 'en';
  readonly text: string;
  readonly context: TicketContext;
  readonly billId: string | null;
  readonly paymentId: string | null;
  readonly state: 'new' | 'assigned';
  readonly roleId: string | null;
  readonly assigneeId: string | null;
  readonly accessCode: string | null;
  readonly openedAt: Date;
  readonly firstReplyDueAt: Date;
  readonly resolveDueAt: Date;
}

export async function insertTicket(tx: Tx, ticket: NewTicket): Promise<void> {
  await tx.run(sql`
    insert into feedback.ticket (company_id, id, ticket_no, category_id, community_id, unit_id,
      source, account_id, payer_key, opened_by, phone_cipher, phone_index, phone_masked, language,
      text, context, bill_id, payment_id, state, role_id, assignee_id, access_code, opened_at,
      updated_at, first_reply_due_at, resolve_due_at)
    values (${tx.companyId}, ${ticket.id}, ${ticket.ticketNo}, ${ticket.categoryId},
      ${ticket.communityId}, ${ticket.unitId}, ${ticket.source}, ${ticket.accountId},
      ${ticket.payerKey}, ${ticket.openedBy}, ${ticket.phone?.cipher ?? null},
      ${ticket.phone?.index ?? null}, ${ticket.phone?.masked ?? null}, ${ticket.language},
      ${ticket.text}, ${JSON.stringify(ticket.context)}, ${ticket.billId}, ${ticket.paymentId},
      ${ticket.state}, ${ticket.roleId}, ${ticket.assigneeId}, ${ticket.accessCode},
      ${ticket.openedAt}, ${ticket.openedAt}, ${ticket.firstReplyDueAt}, ${ticket.resolveDueAt})`);
}

export interface LockedTicket {
  readonly id: string;
  readonly ticketNo: string;
  readonly categoryId: string;
  readonly communityId: string;
  readonly unitId: string | null;
  readonly source: TicketSource;
  readonly accountId: string | null;
  readonly phoneCipher: Buffer | null;
  readonly language: 'zh' | 'en';
  readonly text: string;
  readonly accessCode: string | null;
  readonly state: TicketState;
  readonly roleId: string | null;
  readonly assigneeId: string | null;
  readonly openedAt: Date;
  readonly firstReplyDueAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly resolveDueAt: Date;
  readonly leftMinutes: number | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly reopenedCount: number;
  readonly rating: number | null;
}

/** Everything that changes a ticket goes through this lock. */
export function lockTicket(tx: Tx, ticketId: string): Promise<LockedTicket | undefined> {
  return tx.maybe(sql<LockedTicket>`
    select id, ticket_no as "ticketNo", category_id as "categoryId",
      community_id as "communityId", unit_id as "unitId", source, account_id as "accountId",
      phone_cipher as "phoneCipher", language, text, access_code as "accessCode", state,
      role_id as "roleId", assignee_id as "assigneeId", opened_at as "openedAt",
      first_reply_due_at as "firstReplyDueAt", first_replied_at as "firstRepliedAt",
      resolve_due_at as "resolveDueAt", left_minutes as "leftMinutes",
      resolved_at as "resolvedAt", closed_at as "closedAt", reopened_count as "reopenedCount",
      rating
    from feedback.ticket where company_id = ${tx.companyId} and id = ${ticketId} for update`);
}

/** The clock and state of a locked ticket, as they shall be. */
export interface TicketClock {
  readonly state: TicketState;
  readonly firstReplyDueAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly resolveDueAt: Date;
  readonly leftMinutes: number | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly reopenedCount: number;
}

/** A due instant that moved can be escalated anew. */
export async function saveClock(
  tx: Tx,
  ticketId: string,
  clock: TicketClock,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update feedback.ticket set state = ${clock.state},
      first_reply_due_at = ${clock.firstReplyDueAt}, first_replied_at = ${clock.firstRepliedAt},
      resolve_escalated_at = case when resolve_due_at = ${clock.resolveDueAt}::timestamptz
        then resolve_escalated_at end,
      resolve_due_at = ${clock.resolveDueAt}, left_minutes = ${clock.leftMinutes},
      resolved_at = ${clock.resolvedAt}, closed_at = ${clock.closedAt},
      reopened_count = ${clock.reopenedCount}, updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${ticketId}`);
}

export async function saveReceiver(
  tx: Tx,
  ticketId: string,
  { roleId, assigneeId, at }: { roleId: string | null; assigneeId: string | null; at: Date },
): Promise<void> {
  await tx.run(sql`
    update feedback.ticket set role_id = ${roleId}, assignee_id = ${assigneeId}, updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${ticketId}`);
}

export async function saveCategory(tx: Tx, ticketId: string, categoryId: string): Promise<void> {
  await tx.run(sql`
    update feedback.ticket set category_id = ${categoryId}
    where company_id = ${tx.companyId} and id = ${ticketId}`);
}

export async function saveRating(
  tx: Tx,
  ticketId: string,
  { score, text, at }: { score: number; text: string; at: Date },
): Promise<void> {
  await tx.run(sql`
    update feedback.ticket set rating = ${score}, rating_text = ${text}, rated_at = ${at},
      updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${ticketId}`);
}

export interface Doer {
  readonly kind: 'staff' | 'resident' | 'payer' | 'system';
  readonly id: string;
  readonly name: string;
}

export interface NewEntry {
  readonly ticketId: string;
  readonly kind:
    | 'opened'
    | 'message'
    | 'reply'
    | 'note'
    | 'assigned'
    | 'state'
    | 'moved'
    | 'rated'
    | 'reopened'
    | 'escalated'
    | 'answered'
    | 'closed';
  readonly text?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly from?: TicketState;
  readonly to?: TicketState;
  readonly by: Doer;
  readonly at: Date;
}

/** @returns its id */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<string> {
  const id = newId(entry.at);
  await tx.run(sql`
    insert into feedback.entry (company_id, id, ticket_id, kind, text, detail, from_state, to_state,
      actor_kind, actor_id, actor_name, at)
    values (${tx.companyId}, ${id}, ${entry.ticketId}, ${entry.kind}, ${entry.text ?? ''},
      ${JSON.stringify(entry.detail ?? {})}, ${entry.from ?? null}, ${entry.to ?? null},
      ${entry.by.kind}, ${entry.by.id}, ${entry.by.name}, ${entry.at})`);
  return id;
}
