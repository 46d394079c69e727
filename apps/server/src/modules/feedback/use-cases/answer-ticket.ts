import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { once } from '../../../platform/idempotency.ts';
import type { FeedbackDeps } from '../deps.ts';
import { actionTo, isOpen } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { accountMessages, visitorMessages } from '../limits.ts';
import { rulesOf } from '../queries/settings.ts';
import { placePhotos } from '../store/photo-store.ts';
import { spend } from '../store/quota-store.ts';
import { type Doer, insertEntry, saveClock } from '../store/ticket-store.ts';
import { clockAfter, clockOf, moveTicket, requireTicket, wrongState } from './change-ticket.ts';
import { tellOpener } from './tell-opener.ts';

interface Words {
  readonly ticketId: string;
  readonly idempotencyKey: string;
  readonly text: string;
  readonly photoIds: readonly string[];
}

export interface Reply extends Words {
  readonly actor: StaffActor;
  readonly nextState: 'in-progress' | 'waiting' | 'resolved';
}

/**
 * Answers the resident and moves the ticket on. The first reply stops the first clock.
 * @throws TICKET_NOT_FOUND, TICKET_STATE_WRONG, DISPUTE_NOT_ANSWERED, PHOTO_NOT_FOUND
 */
export async function replyToTicket(deps: FeedbackDeps, reply: Reply): Promise<void> {
  const { actor, ticketId, nextState } = reply;
  await byKey(deps, actor.companyId, 'feedback.reply', reply, async (tx) => {
    const at = deps.clock.now();
    const ticket = await requireTicket(tx, ticketId);
    if (!isOpen(ticket.state)) throw wrongState(ticket);
    const { calendar } = await rulesOf(tx);
    const replied = { ...ticket, firstRepliedAt: ticket.firstRepliedAt ?? at };
    if (nextState !== ticket.state)
      await moveTicket(tx, replied, { action: actionTo[nextState], at, calendar });
    else await saveClock(tx, ticketId, clockOf(replied), at);
    const by = staffDoer(actor);
    const { text } = reply;
    const states = nextState === ticket.state ? {} : { from: ticket.state, to: nextState };
    const entryId = await insertEntry(tx, { ticketId, kind: 'reply', text, ...states, by, at });
    const ownerKey = `staff/${actor.id}`;
    await placePhotos(tx, { photoIds: reply.photoIds, ownerKey, ticketId, entryId });
    const template = nextState === 'resolved' ? 'feedback.done' : 'feedback.replied';
    await tellOpener(tx, deps, replied, { entryId, template });
  });
}

/** For colleagues only. @throws TICKET_NOT_FOUND, PHOTO_NOT_FOUND */
export async function noteOnTicket(
  deps: FeedbackDeps,
  note: Words & { readonly actor: StaffActor },
): Promise<void> {
  const { actor, ticketId, text, photoIds } = note;
  await byKey(deps, actor.companyId, 'feedback.note', note, async (tx) => {
    const at = deps.clock.now();
    await requireTicket(tx, ticketId);
    const entryId = await insertEntry(tx, {
      ticketId,
      kind: 'note',
      text,
      by: staffDoer(actor),
      at,
    });
    await placePhotos(tx, { photoIds, ownerKey: `staff/${actor.id}`, ticketId, entryId });
  });
}

/** Who reported it: by their account, or by holding the ticket's link. */
export type Reporter =
  | { readonly kind: 'resident'; readonly actor: ResidentActor }
  | { readonly kind: 'payer'; readonly companyId: string; readonly name: string };

export interface ResidentMessage extends Words {
  readonly reporter: Reporter;
}

/**
 * Something more from who opened it. If it was waited for, the clock goes on.
 * @throws TICKET_NOT_FOUND for another's, TICKET_STATE_WRONG once it is resolved,
 *   FEEDBACK_TOO_OFTEN
 */
export async function addToTicket(deps: FeedbackDeps, message: ResidentMessage): Promise<void> {
  const { reporter, ticketId, text, photoIds } = message;
  const companyId = companyOfReporter(reporter);
  await byKey(deps, companyId, 'feedback.message', message, async (tx) => {
    const at = deps.clock.now();
    const ticket = await requireOwn(tx, ticketId, reporter);
    if (!isOpen(ticket.state)) throw wrongState(ticket);
    await spend(tx, at, [
      reporter.kind === 'resident'
        ? { quota: accountMessages, of: reporter.actor.id }
        : { quota: visitorMessages, of: ticketId },
    ]);
    const { calendar } = await rulesOf(tx);
    const isAwaited = ticket.state === 'waiting';
    const clock = isAwaited
      ? clockAfter(ticket, { action: 'start', at, calendar })
      : clockOf(ticket);
    await saveClock(tx, ticketId, clock, at);
    const by = reporterDoer(reporter, ticketId);
    const states = isAwaited ? { from: ticket.state, to: clock.state } : {};
    const entryId = await insertEntry(tx, { ticketId, kind: 'message', text, ...states, by, at });
    await placePhotos(tx, { photoIds, ownerKey: `${by.kind}/${by.id}`, ticketId, entryId });
  });
}

/** @throws TICKET_NOT_FOUND, also for a ticket of somebody else */
export async function requireOwn(tx: Tx, ticketId: string, reporter: Reporter) {
  const ticket = await requireTicket(tx, ticketId);
  const isOwn = reporter.kind === 'payer' || ticket.accountId === reporter.actor.id;
  if (!isOwn) throw feedbackErrors.TICKET_NOT_FOUND();
  return ticket;
}

export function companyOfReporter(reporter: Reporter): string {
  return reporter.kind === 'resident' ? reporter.actor.companyId : reporter.companyId;
}

export function reporterDoer(reporter: Reporter, ticketId: string): Doer {
  return reporter.kind === 'resident'
    ? { kind: 'resident', id: reporter.actor.id, name: reporter.actor.name }
    : { kind: 'payer', id: ticketId, name: reporter.name };
}

export function staffDoer({ id, name }: StaffActor): Doer {
  return { kind: 'staff', id, name };
}

/** Once for a key of the ticket; then the console and the apps hear of it. */
async function byKey(
  deps: FeedbackDeps,
  companyId: string,
  scope: string,
  { ticketId, idempotencyKey, text, photoIds }: Words,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const key = `${ticketId}/${idempotencyKey}`;
  await deps.db.transaction(companyId, (tx) =>
    once(tx, deps.clock, { scope, key, request: { text, photoIds } }, async () => {
      await work(tx);
      return {};
    }),
  );
  void deps.live.announce({ companyId, topic: 'feedback.ticket', id: ticketId });
}
