import type { Tx } from '../../../platform/database/index.ts';
import {
  addOfficeMinutes,
  type OfficeCalendar,
  officeMinutesBetween,
} from '../domain/office-time.ts';
import { moveOf, type StateAction, stateWords } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { lockDispute } from '../store/dispute-store.ts';
import {
  type LockedTicket,
  lockTicket,
  saveClock,
  type TicketClock,
} from '../store/ticket-store.ts';

/** @throws TICKET_NOT_FOUND */
export async function requireTicket(tx: Tx, ticketId: string): Promise<LockedTicket> {
  const ticket = await lockTicket(tx, ticketId);
  if (!ticket) throw feedbackErrors.TICKET_NOT_FOUND();
  return ticket;
}

export interface Move {
  readonly action: StateAction;
  readonly at: Date;
  readonly calendar: OfficeCalendar;
  /** Of the route, for a clock that starts anew. */
  readonly resolveMinutes?: number;
}

/**
 * The clocks of a ticket after an action: they stand still while the resident is waited for, and a
 * reopened one gets a new deadline.
 * @throws TICKET_STATE_WRONG
 */
export function clockAfter(ticket: LockedTicket, move: Move): TicketClock {
  const { action, at, calendar } = move;
  const state = moveOf(action, ticket.state);
  if (!state) throw wrongState(ticket);
  const resumed = ticket.leftMinutes !== null && state !== 'waiting';
  const base = {
    ...clockOf(ticket),
    state,
    leftMinutes: null,
    resolveDueAt:
      resumed && ticket.leftMinutes !== null
        ? addOfficeMinutes(calendar, at, ticket.leftMinutes)
        : ticket.resolveDueAt,
  };
  switch (action) {
    case 'start':
      return base;
    case 'wait': {
      const leftMinutes = officeMinutesBetween(calendar, at, ticket.resolveDueAt);
      return { ...base, leftMinutes };
    }
    case 'resolve':
      return { ...base, resolvedAt: at };
    case 'close':
      return { ...base, resolvedAt: ticket.resolvedAt ?? at, closedAt: at };
    case 'reopen':
      return {
        ...base,
        resolvedAt: null,
        closedAt: null,
        reopenedCount: ticket.reopenedCount + 1,
        resolveDueAt: addOfficeMinutes(calendar, at, move.resolveMinutes ?? 0),
      };
  }
}

export function clockOf(ticket: LockedTicket): TicketClock {
  const { state, firstReplyDueAt, firstRepliedAt, resolveDueAt } = ticket;
  const { leftMinutes, resolvedAt, closedAt, reopenedCount } = ticket;
  return {
    ...{ state, firstReplyDueAt, firstRepliedAt, resolveDueAt },
    ...{ leftMinutes, resolvedAt, closedAt, reopenedCount },
  };
}

export async function moveTicket(tx: Tx, ticket: LockedTicket, move: Move): Promise<TicketClock> {
  const clock = clockAfter(ticket, move);
  if (clock.state === 'resolved' || clock.state === 'closed') {
    await requireAnswered(tx, ticket.id);
  }
  await saveClock(tx, ticket.id, clock, move.at);
  return clock;
}

/** A ticket does not end with its dispute open: the bill would stay out of reminders for good. */
async function requireAnswered(tx: Tx, ticketId: string): Promise<void> {
  const dispute = await lockDispute(tx, ticketId);
  if (dispute?.state === 'open') throw feedbackErrors.DISPUTE_NOT_ANSWERED();
}

export function wrongState(ticket: LockedTicket) {
  const words = stateWords[ticket.state];
  return feedbackErrors.TICKET_STATE_WRONG({ values: { state: words.zh, stateEn: words.en } });
}
