import type { StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { AppError } from '../../../platform/errors.ts';
import type { FeedbackDeps } from '../deps.ts';
import { addOfficeMinutes } from '../domain/office-time.ts';
import { isOpen, type StateAction } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { areReceivers } from '../queries/categories.ts';
import { ticketNosOf } from '../queries/facts.ts';
import { rulesOf } from '../queries/settings.ts';
import {
  insertEntry,
  type LockedTicket,
  saveCategory,
  saveClock,
  saveReceiver,
} from '../store/ticket-store.ts';
import { staffDoer } from './answer-ticket.ts';
import { clockOf, moveTicket, requireTicket, wrongState } from './change-ticket.ts';
import { requireReopenable } from './rate-ticket.ts';
import { resolveMinutesOf, routeNow } from './route-again.ts';
import { tellOpener } from './tell-opener.ts';

interface Work {
  readonly actor: StaffActor;
  readonly ticketId: string;
}

/** @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, TICKET_REOPEN_TOO_LATE, DISPUTE_NOT_ANSWERED */
export async function setTicketState(
  deps: FeedbackDeps,
  { actor, ticketId, action, note }: Work & { action: StateAction; note?: string | undefined },
): Promise<void> {
  await onTicket(deps, { actor, ticketId }, async (tx, ticket, at) => {
    const { calendar, settings } = await rulesOf(tx);
    if (action === 'reopen') requireReopenable(ticket, settings.reopenDays, at);
    const resolveMinutes = await resolveMinutesOf(tx, ticket);
    const clock = await moveTicket(tx, ticket, { action, at, calendar, resolveMinutes });
    const entryId = await insertEntry(tx, {
      ticketId,
      kind: action === 'reopen' ? 'reopened' : action === 'close' ? 'closed' : 'state',
      text: note?.trim() ?? '',
      from: ticket.state,
      to: clock.state,
      by: staffDoer(actor),
      at,
    });
    if (action === 'resolve')
      await tellOpener(tx, deps, ticket, { entryId, template: 'feedback.done' });
    if (action === 'start') {
      const result = { zh: '已开始处理', en: 'work has begun' };
      await tellOpener(tx, deps, ticket, { entryId, template: 'feedback.progress', result });
    }
  });
}

export interface Assignment extends Work {
  readonly assigneeId: string | null;
  readonly roleId: string | null;
}

/** @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, TICKET_RECEIVER_UNKNOWN */
export async function assignTicket(deps: FeedbackDeps, assignment: Assignment): Promise<void> {
  const { actor, ticketId, assigneeId, roleId } = assignment;
  await onTicket(deps, assignment, async (tx, ticket, at) => {
    if (!isOpen(ticket.state)) throw wrongState(ticket);
    if (!(await areReceivers(tx, { roleId, staffId: assigneeId }))) {
      throw feedbackErrors.TICKET_RECEIVER_UNKNOWN();
    }
    if (ticket.assigneeId === assigneeId && ticket.roleId === roleId) return;
    await saveReceiver(tx, ticketId, { roleId, assigneeId, at });
    const isNew = ticket.state === 'new' && assigneeId !== null;
    if (isNew) await saveClock(tx, ticketId, { ...clockOf(ticket), state: 'assigned' }, at);
    await insertEntry(tx, {
      ticketId,
      kind: 'assigned',
      detail: { assigneeId, roleId },
      ...(isNew && { from: ticket.state, to: 'assigned' as const }),
      by: staffDoer(actor),
      at,
    });
  });
}

/**
 * Another category, with its hours counted from the opening and its receiver. A dispute stays one.
 * @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, TICKET_CATEGORY_UNKNOWN
 */
export async function moveToCategory(
  deps: FeedbackDeps,
  { actor, ticketId, categoryId }: Work & { readonly categoryId: string },
): Promise<void> {
  await onTicket(deps, { actor, ticketId }, async (tx, ticket, at) => {
    if (!isOpen(ticket.state) || ticket.state === 'waiting') throw wrongState(ticket);
    if (ticket.categoryId === categoryId) return;
    const [before, after] = [
      await routeNow(tx, ticket),
      await routeNow(tx, { ...ticket, categoryId }),
    ];
    if (before.isDispute || after.isDispute) throw feedbackErrors.TICKET_CATEGORY_UNKNOWN();
    const { calendar } = await rulesOf(tx);
    const { openedAt } = ticket;
    await saveCategory(tx, ticketId, categoryId);
    await saveClock(
      tx,
      ticketId,
      {
        ...clockOf(ticket),
        firstReplyDueAt: addOfficeMinutes(calendar, openedAt, after.firstReplyMinutes),
        resolveDueAt: addOfficeMinutes(calendar, openedAt, after.resolveMinutes),
      },
      at,
    );
    await saveReceiver(tx, ticketId, { roleId: after.roleId, assigneeId: after.staffId, at });
    const detail = { categoryId, before: ticket.categoryId };
    await insertEntry(tx, { ticketId, kind: 'moved', detail, by: staffDoer(actor), at });
  });
}

export interface BulkWork {
  readonly actor: StaffActor;
  readonly ticketIds: readonly string[];
  readonly action: 'assign' | 'close';
  readonly assigneeId?: string | null | undefined;
  readonly roleId?: string | null | undefined;
}

export interface LeftOut {
  readonly ticketNo: string;
  readonly reason: { readonly zh: string; readonly en: string };
}

/** One after the other, each by itself: what is refused is named, the rest is done. */
export async function workOnMany(
  deps: FeedbackDeps,
  { actor, ticketIds, action, assigneeId = null, roleId = null }: BulkWork,
): Promise<{ done: number; left: LeftOut[] }> {
  const left: LeftOut[] = [];
  const numbers = await deps.db.read(actor.companyId, (tx) => ticketNosOf(tx, ticketIds));
  if (numbers.size !== ticketIds.length) throw feedbackErrors.TICKET_NOT_FOUND();
  for (const ticketId of ticketIds) {
    try {
      if (action === 'assign') await assignTicket(deps, { actor, ticketId, assigneeId, roleId });
      else await setTicketState(deps, { actor, ticketId, action });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      left.push({
        ticketNo: numbers.get(ticketId) ?? '',
        reason: { zh: error.text('zh'), en: error.text('en') },
      });
    }
  }
  return { done: ticketIds.length - left.length, left };
}

async function onTicket(
  deps: FeedbackDeps,
  { actor, ticketId }: Work,
  work: (tx: Tx, ticket: LockedTicket, at: Date) => Promise<void>,
): Promise<void> {
  const { companyId } = actor;
  await deps.db.transaction(companyId, async (tx) => {
    await work(tx, await requireTicket(tx, ticketId), deps.clock.now());
  });
  void deps.live.announce({ companyId, topic: 'feedback.ticket', id: ticketId });
}
