import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { once } from '../../../platform/idempotency.ts';
import type { DeliveredEvent } from '../../../platform/outbox/index.ts';
import { adjustBill } from '../../billing/index.ts';
import type { FeedbackDeps } from '../deps.ts';
import { isOpen } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { rulesOf } from '../queries/settings.ts';
import {
  type LockedDispute,
  lockDispute,
  markAnswered,
  plannedAnswer,
  ticketOfAdjustment,
  waitForAdjustment,
} from '../store/dispute-store.ts';
import { type Doer, insertEntry, type LockedTicket } from '../store/ticket-store.ts';
import { staffDoer } from './answer-ticket.ts';
import { moveTicket, requireTicket } from './change-ticket.ts';
import { tellOpener } from './tell-opener.ts';

type Answer = 'explanation' | 'adjustment' | 'void';

export interface DisputeReply {
  readonly actor: StaffActor;
  readonly ticketId: string;
  readonly idempotencyKey: string;
  readonly answer: Answer;
  readonly text: string;
  readonly amountFen?: number | undefined;
  readonly adjustmentKind?: 'waiver' | 'correction' | undefined;
}

/**
 * Answers a dispute: the bill stands, becomes smaller, or is void. Bill, books, dispute and message
 * change together, and the bill is open to reminders and autopay again. A change that needs a
 * second person leaves the dispute open until it is decided.
 * @throws TICKET_NOT_FOUND, DISPUTE_ANSWERED, DISPUTE_WAITS, and what adjustBill throws
 */
export async function answerDispute(deps: FeedbackDeps, reply: DisputeReply): Promise<void> {
  const { actor, ticketId, idempotencyKey, ...wish } = reply;
  const { companyId } = actor;
  const key = `${ticketId}/${idempotencyKey}`;
  await deps.db.transaction(companyId, (tx) =>
    once(tx, deps.clock, { scope: 'feedback.answer', key, request: wish }, async () => {
      await answer(tx, deps, reply);
      return {};
    }),
  );
  void deps.live.announce({ companyId, topic: 'feedback.ticket', id: ticketId });
}

async function answer(tx: Tx, deps: FeedbackDeps, reply: DisputeReply): Promise<void> {
  const { actor, ticketId, text } = reply;
  const { ticket, dispute } = await lockBoth(tx, ticketId);
  if (dispute.state === 'answered') throw feedbackErrors.DISPUTE_ANSWERED();
  if (dispute.adjustmentId !== null) throw feedbackErrors.DISPUTE_WAITS();
  const by = staffDoer(actor);
  if (reply.answer !== 'explanation') {
    const outcome = await adjustBill(tx, deps, {
      actor,
      billId: dispute.billId,
      kind: reply.answer === 'void' ? 'void' : (reply.adjustmentKind ?? 'correction'),
      amountFen: reply.answer === 'void' ? undefined : reply.amountFen,
      reason: `异议 ${ticket.ticketNo}：${text}`.slice(0, 200),
    });
    if (outcome.state === 'requested') {
      const { adjustmentId, amountFen } = outcome;
      await waitForAdjustment(tx, ticketId, { adjustmentId, text });
      const detail = { answer: reply.answer, amountFen, adjustmentId };
      const at = deps.clock.now();
      await insertEntry(tx, { ticketId, kind: 'note', text, detail, by, at });
      return;
    }
  }
  await conclude(tx, deps, { ticket, answer: reply.answer, text, by });
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'feedback.answer_dispute',
    subjectKind: 'ticket',
    subjectId: ticketId,
    detail: { answer: reply.answer, billId: dispute.billId },
  });
}

interface Conclusion {
  readonly ticket: LockedTicket;
  readonly answer: Answer;
  readonly text: string;
  readonly by: Doer;
}

const results = {
  explanation: { zh: '已答复说明', en: 'explained' },
  adjustment: { zh: '已调整账单', en: 'the bill was changed' },
  void: { zh: '已作废账单', en: 'the bill was voided' },
} as const;

async function conclude(
  tx: Tx,
  deps: FeedbackDeps,
  { ticket, answer: how, text, by }: Conclusion,
): Promise<void> {
  const at = deps.clock.now();
  await markAnswered(tx, ticket.id, { answer: how, text, by: by.name, at });
  const replied = { ...ticket, firstRepliedAt: ticket.firstRepliedAt ?? at };
  const { calendar } = await rulesOf(tx);
  if (isOpen(ticket.state)) await moveTicket(tx, replied, { action: 'resolve', at, calendar });
  const states = { from: ticket.state, to: 'resolved' as const };
  const detail = { answer: how };
  const entry = { ticketId: ticket.id, kind: 'answered' as const, text, detail, by, at };
  const entryId = await insertEntry(tx, { ...entry, ...(isOpen(ticket.state) && states) });
  const news = { entryId, template: 'feedback.dispute' as const, result: results[how] };
  await tellOpener(tx, deps, ticket, news);
}

/** The ticket first, then its dispute, then the bill: every path in this order. */
async function lockBoth(
  tx: Tx,
  ticketId: string,
): Promise<{ ticket: LockedTicket; dispute: LockedDispute }> {
  const ticket = await requireTicket(tx, ticketId);
  const dispute = await lockDispute(tx, ticketId);
  if (!dispute) throw feedbackErrors.TICKET_NOT_FOUND();
  return { ticket, dispute };
}

/** A second person decided about the bill: the dispute is answered, or waits for another answer. */
export async function noteAdjustedBill(
  deps: FeedbackDeps,
  { companyId, payload }: Pick<DeliveredEvent, 'companyId' | 'payload'>,
): Promise<void> {
  await deps.db.transaction(companyId, async (tx) => {
    const found = await ticketOfAdjustment(tx, String(payload['adjustmentId']));
    if (!found) return;
    const { ticketId } = found;
    const { ticket, dispute } = await lockBoth(tx, ticketId);
    if (dispute.state === 'answered' || dispute.adjustmentId !== payload['adjustmentId']) return;
    const by: Doer = { kind: 'system', id: 'billing', name: '账单审批' };
    const facts = await plannedAnswer(tx, ticketId);
    if (payload['state'] === 'applied') {
      const how = facts.isVoid ? 'void' : 'adjustment';
      await conclude(tx, deps, { ticket, answer: how, text: facts.text ?? '', by });
      return;
    }
    await waitForAdjustment(tx, ticketId, { adjustmentId: null, text: null });
    const text = '账单调整未获批准，请另行答复';
    await insertEntry(tx, { ticketId, kind: 'note', text, by, at: deps.clock.now() });
  });
}
