import type { TicketContext, TicketSource } from '@wuye-pay/contract';
import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { publish } from '../../../platform/outbox/index.ts';
import type { FeedbackDeps } from '../deps.ts';
import { addOfficeMinutes } from '../domain/office-time.ts';
import { feedbackErrors } from '../errors.ts';
import {
  accountTickets,
  addressTickets,
  homeTickets,
  maxDisputesOfBill,
  maxVisitorPhotos,
  phoneTickets,
  visitorTickets,
} from '../limits.ts';
import { newAccessCode, newTicketNo } from '../names.ts';
import { sealPhone } from '../phone.ts';
import { categoriesOf, routeOf } from '../queries/categories.ts';
import { billForDispute, disputesOfBill, paymentIsOf, unitOf } from '../queries/facts.ts';
import { rulesOf } from '../queries/settings.ts';
import { ensureCategories } from '../store/category-store.ts';
import { insertDispute } from '../store/dispute-store.ts';
import { placePhotos } from '../store/photo-store.ts';
import { type Spending, spend } from '../store/quota-store.ts';
import { type Doer, insertEntry, insertTicket, type SealedPhone } from '../store/ticket-store.ts';

export type Opener =
  | { readonly kind: 'resident'; readonly actor: ResidentActor }
  | { readonly kind: 'staff'; readonly actor: StaffActor; readonly reporter: string }
  /** Came by a room code: known by wallet or browser, and counted by the address as well. */
  | {
      readonly kind: 'payer';
      readonly key: string;
      readonly addressKey: string;
      readonly isWallet: boolean;
      readonly language: 'zh' | 'en';
    };

export interface NewTicketInput {
  readonly companyId: string;
  readonly idempotencyKey: string;
  readonly source: TicketSource;
  readonly opener: Opener;
  readonly communityId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly categoryId?: string | undefined;
  /** Disputes the bill. */
  readonly billId?: string | undefined;
  readonly phone?: string | undefined;
  readonly text: string;
  readonly photoIds: readonly string[];
  readonly context?: TicketContext | undefined;
}

export interface OpenedTicket {
  readonly ticketId: string;
  readonly ticketNo: string;
  /** For whoever has no account. */
  readonly accessCode: string | null;
}

/**
 * Takes down what somebody reports, routes it and starts its clocks. The same key gives the first
 * ticket again. The caller has checked that the opener may speak for the unit.
 * @throws FEEDBACK_TOO_OFTEN, FEEDBACK_PHONE_MISSING, FEEDBACK_PHONE_WRONG,
 *   TICKET_CATEGORY_UNKNOWN, TICKET_PLACE_UNKNOWN, PHOTO_NOT_FOUND, DISPUTE_OPEN, DISPUTE_AGAIN,
 *   DISPUTE_NOTHING_OPEN, IDEMPOTENCY_KEY_REUSED
 */
export async function openTicket(
  deps: FeedbackDeps,
  { idempotencyKey, ...input }: NewTicketInput,
): Promise<OpenedTicket> {
  const { companyId } = input;
  const opened = await deps.db.transaction(companyId, (tx) => {
    const { opener, ...wish } = input;
    const key = `${ownerKeyOf(opener)}/${idempotencyKey}`;
    const request = { ...wish, reporter: opener.kind === 'staff' ? opener.reporter : null };
    return once(tx, deps.clock, { scope: 'feedback.open', key, request }, () =>
      open(tx, deps, input),
    );
  });
  void deps.live.announce({ companyId, topic: 'feedback.ticket', id: opened.ticketId });
  return opened;
}

/** Says whose photos may be sent with it. */
export function ownerKeyOf(opener: Opener): string {
  return opener.kind === 'payer' ? `payer/${opener.key}` : `${opener.kind}/${opener.actor.id}`;
}

type Input = Omit<NewTicketInput, 'idempotencyKey'>;

async function open(tx: Tx, deps: FeedbackDeps, input: Input): Promise<OpenedTicket> {
  const at = deps.clock.now();
  const { opener, source } = input;
  const phone = phoneOf(deps, input);
  await spend(tx, at, spendingsOf(input, phone));
  const { calendar, company } = await rulesOf(tx);
  await ensureCategories(tx, at);
  const place = await placeOf(tx, input);
  const category = await categoryOf(tx, input);
  const route = await routeOf(tx, category, place.communityId);
  const ticketId = newId(at);
  const accessCode = opener.kind === 'resident' ? null : newAccessCode();
  const ticket = {
    id: ticketId,
    ticketNo: newTicketNo(at, company.timeZone),
    categoryId: category.id,
    ...place,
    source,
    accountId: opener.kind === 'resident' ? opener.actor.id : null,
    payerKey: opener.kind === 'payer' ? opener.key : null,
    openedBy: nameOf(opener, phone),
    phone,
    language: opener.kind === 'staff' ? ('zh' as const) : languageOf(opener),
    text: input.text.trim(),
    ...(await contextOf(tx, input, place.unitId)),
    billId: input.billId ?? null,
    state: route.staffId === null ? ('new' as const) : ('assigned' as const),
    roleId: route.roleId,
    assigneeId: route.staffId,
    accessCode,
    openedAt: at,
    firstReplyDueAt: addOfficeMinutes(calendar, at, route.firstReplyMinutes),
    resolveDueAt: addOfficeMinutes(calendar, at, route.resolveMinutes),
  };
  await insertTicket(tx, ticket);
  const by = doerOf(opener, ticket.openedBy);
  const entryId = await insertEntry(tx, {
    ticketId,
    kind: 'opened',
    text: ticket.text,
    to: ticket.state,
    by,
    at,
  });
  const { photoIds } = input;
  await placePhotos(tx, { photoIds, ownerKey: ownerKeyOf(opener), ticketId, entryId });
  if (input.billId !== undefined) await dispute(tx, { ...ticket, billId: input.billId }, by);
  await publish(tx, deps.clock, { topic: 'feedback.opened', payload: { ticketId } });
  if (opener.kind === 'staff') {
    await recordAudit(tx, deps.clock, {
      actor: opener.actor,
      action: 'feedback.open_ticket',
      subjectKind: 'ticket',
      subjectId: ticketId,
      detail: { ticketNo: ticket.ticketNo },
    });
  }
  return { ticketId, ticketNo: ticket.ticketNo, accessCode };
}

function phoneOf(deps: FeedbackDeps, { companyId, opener, phone }: Input): SealedPhone | null {
  const sealed = sealPhone(deps, companyId, phone);
  const isStranger = opener.kind === 'payer' && !opener.isWallet;
  if (isStranger && !sealed) throw feedbackErrors.FEEDBACK_PHONE_MISSING();
  return sealed;
}

function spendingsOf(input: Input, phone: SealedPhone | null): Spending[] {
  const { opener } = input;
  if (opener.kind === 'staff') return [];
  if (opener.kind === 'resident') return [{ quota: accountTickets, of: opener.actor.id }];
  if (input.photoIds.length > maxVisitorPhotos) {
    throw feedbackErrors.PHOTO_TOO_MANY({ values: { limit: maxVisitorPhotos } });
  }
  return [
    { quota: visitorTickets, of: opener.key },
    { quota: addressTickets, of: opener.addressKey },
    { quota: homeTickets, of: input.unitId ?? '' },
    ...(phone ? [{ quota: phoneTickets, of: phone.index.toString('hex') }] : []),
  ];
}

async function placeOf(tx: Tx, { unitId, communityId }: Input) {
  const place = await unitOf(tx, { unitId, communityId });
  if (!place) throw feedbackErrors.TICKET_PLACE_UNKNOWN();
  return place;
}

/** A bill makes it a dispute, and a dispute needs a bill. */
async function categoryOf(tx: Tx, { categoryId, billId }: Input) {
  const categories = await categoriesOf(tx);
  const found = categories.find(({ id, isActive, isDispute }) =>
    billId === undefined ? id === categoryId && isActive && !isDispute : isDispute,
  );
  if (!found) throw feedbackErrors.TICKET_CATEGORY_UNKNOWN();
  return found;
}

/** A payment that is not of the unit says nothing, so it is left out. */
async function contextOf(tx: Tx, { context = {} }: Input, unitId: string | null) {
  const { paymentId, ...rest } = context;
  const isOurs =
    paymentId !== undefined && unitId !== null && (await paymentIsOf(tx, { paymentId, unitId }));
  return isOurs
    ? { context: { ...rest, paymentId }, paymentId }
    : { context: rest, paymentId: null };
}

interface DisputedTicket {
  readonly id: string;
  readonly billId: string;
  readonly unitId: string | null;
  readonly communityId: string;
  readonly openedAt: Date;
}

async function dispute(tx: Tx, ticket: DisputedTicket, by: Doer): Promise<void> {
  const { billId, unitId, communityId, openedAt, id: ticketId } = ticket;
  const bill = unitId === null ? undefined : await billForDispute(tx, { billId, unitId });
  if (!bill || unitId === null) throw feedbackErrors.TICKET_PLACE_UNKNOWN();
  if (bill.openFen === 0) throw feedbackErrors.DISPUTE_NOTHING_OPEN();
  const inserted = await insertDispute(tx, { ticketId, billId, unitId, communityId, openedAt });
  const before = await disputesOfBill(tx, { billId, except: ticketId });
  if (!inserted) {
    const ticketNo = before.find(({ state }) => state === 'open')?.ticketNo ?? '';
    throw feedbackErrors.DISPUTE_OPEN({ values: { ticketNo } });
  }
  if (by.kind !== 'staff' && before.length >= maxDisputesOfBill) {
    throw feedbackErrors.DISPUTE_AGAIN();
  }
}

export function doerOf(opener: Opener, name: string): Doer {
  switch (opener.kind) {
    case 'resident':
      return { kind: 'resident', id: opener.actor.id, name };
    case 'staff':
      return { kind: 'staff', id: opener.actor.id, name: opener.actor.name };
    case 'payer':
      return { kind: 'payer', id: opener.key, name };
  }
}

function nameOf(opener: Opener, phone: SealedPhone | null): string {
  if (opener.kind === 'resident') return opener.actor.name;
  if (opener.kind === 'staff') return opener.reporter.trim();
  return phone?.masked ?? (languageOf(opener) === 'en' ? 'Scanned the room code' : '扫码用户');
}

function languageOf(opener: Exclude<Opener, { kind: 'staff' }>): 'zh' | 'en' {
  return opener.kind === 'resident' ? opener.actor.language : opener.language;
}
