import type { FeedbackDeps } from '../deps.ts';
import { isOpen, mayReopen } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { rulesOf } from '../queries/settings.ts';
import { lockDispute, markAnswered } from '../store/dispute-store.ts';
import { insertEntry, type LockedTicket, saveRating } from '../store/ticket-store.ts';
import { companyOfReporter, type Reporter, reporterDoer, requireOwn } from './answer-ticket.ts';
import { moveTicket, wrongState } from './change-ticket.ts';
import { resolveMinutesOf } from './route-again.ts';

export interface Rating {
  readonly reporter: Reporter;
  readonly ticketId: string;
  readonly score: number;
  readonly text: string;
}

/** How well it was solved; once. @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, TICKET_RATED */
export async function rateTicket(deps: FeedbackDeps, rating: Rating): Promise<void> {
  const { reporter, ticketId, score } = rating;
  const text = rating.text.trim();
  await withTicket(deps, rating, async (tx, ticket, at) => {
    if (isOpen(ticket.state)) throw wrongState(ticket);
    if (ticket.rating !== null) throw feedbackErrors.TICKET_RATED();
    await saveRating(tx, ticketId, { score, text, at });
    const by = reporterDoer(reporter, ticketId);
    await insertEntry(tx, { ticketId, kind: 'rated', text, detail: { score }, by, at });
  });
}

export interface Reopening {
  readonly reporter: Reporter;
  readonly ticketId: string;
  readonly text: string;
}

/** It is not solved. @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, TICKET_REOPEN_TOO_LATE */
export async function reopenTicket(deps: FeedbackDeps, reopening: Reopening): Promise<void> {
  const { reporter, ticketId, text } = reopening;
  await withTicket(deps, reopening, async (tx, ticket, at) => {
    const { calendar, settings } = await rulesOf(tx);
    requireReopenable(ticket, settings.reopenDays, at);
    const resolveMinutes = await resolveMinutesOf(tx, ticket);
    const clock = await moveTicket(tx, ticket, { action: 'reopen', at, calendar, resolveMinutes });
    const by = reporterDoer(reporter, ticketId);
    const states = { from: ticket.state, to: clock.state };
    await insertEntry(tx, { ticketId, kind: 'reopened', text: text.trim(), ...states, by, at });
  });
}

/** @throws TICKET_STATE_WRONG, TICKET_REOPEN_TOO_LATE */
export function requireReopenable(ticket: LockedTicket, reopenDays: number, at: Date): void {
  if (isOpen(ticket.state)) throw wrongState(ticket);
  if (mayReopen({ ...ticket, reopenDays }, at)) return;
  const { ticketNo } = ticket;
  throw feedbackErrors.TICKET_REOPEN_TOO_LATE({ values: { days: reopenDays, ticketNo } });
}

/** The matter is over for who reported it; a dispute ends with it. @throws TICKET_NOT_FOUND */
export async function withdrawTicket(
  deps: FeedbackDeps,
  input: { readonly reporter: Reporter; readonly ticketId: string },
): Promise<void> {
  const { reporter, ticketId } = input;
  await withTicket(deps, input, async (tx, ticket, at) => {
    if (ticket.state === 'closed') return;
    const by = reporterDoer(reporter, ticketId);
    const dispute = await lockDispute(tx, ticketId);
    if (dispute?.adjustmentId) throw feedbackErrors.DISPUTE_WAITS();
    if (dispute?.state === 'open') {
      await markAnswered(tx, ticketId, { answer: 'withdrawn', text: '', by: by.name, at });
    }
    const { calendar } = await rulesOf(tx);
    await moveTicket(tx, ticket, { action: 'close', at, calendar });
    await insertEntry(tx, { ticketId, kind: 'closed', from: ticket.state, to: 'closed', by, at });
  });
}

type Tx = Parameters<typeof requireOwn>[0];

async function withTicket(
  deps: FeedbackDeps,
  { reporter, ticketId }: { readonly reporter: Reporter; readonly ticketId: string },
  work: (tx: Tx, ticket: LockedTicket, at: Date) => Promise<void>,
): Promise<void> {
  const companyId = companyOfReporter(reporter);
  await deps.db.transaction(companyId, async (tx) => {
    await work(tx, await requireOwn(tx, ticketId, reporter), deps.clock.now());
  });
  void deps.live.announce({ companyId, topic: 'feedback.ticket', id: ticketId });
}
