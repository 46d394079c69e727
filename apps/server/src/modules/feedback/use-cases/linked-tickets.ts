import type { CashierDeps } from '../../cashier/index.ts';
import { feedbackErrors } from '../errors.ts';
import { homePhotos } from '../limits.ts';
import { residentTicket } from '../queries/resident-tickets.ts';
import { companyOf } from '../queries/settings.ts';
import { type LinkedTicket, ticketOfLink } from '../queries/ticket-of-link.ts';
import { addToTicket, type Reporter } from './answer-ticket.ts';
import { requireFew, requireWords } from './ask-as-visitor.ts';
import { keepPhotos } from './keep-photo.ts';
import { rateTicket, reopenTicket, withdrawTicket } from './rate-ticket.ts';

type LinkDeps = CashierDeps;

export interface FoundTicket extends LinkedTicket {
  readonly companyId: string;
  readonly accessCode: string;
}

/** The ticket behind `<company>-<code>`. @throws TICKET_LINK_UNKNOWN */
export async function findByLink(deps: LinkDeps, link: string): Promise<FoundTicket> {
  const [, shortCode = '', accessCode = ''] =
    /^([a-z][a-z0-9]{1,6})-([0-9a-z]{12})$/.exec(link) ?? [];
  const company = shortCode && (await deps.doors.companyByShortCode(deps, shortCode));
  if (!company) throw feedbackErrors.TICKET_LINK_UNKNOWN();
  const { companyId } = company;
  const found = await deps.db.read(companyId, (tx) => ticketOfLink(tx, accessCode));
  if (!found) throw feedbackErrors.TICKET_LINK_UNKNOWN();
  return { ...found, companyId, accessCode };
}

/** @throws TICKET_LINK_UNKNOWN */
export async function showByLink(deps: LinkDeps, link: string) {
  const { companyId, accessCode } = await findByLink(deps, link);
  const [ticket, company] = await Promise.all([
    residentTicket(deps, { companyId, reader: { accessCode } }),
    deps.db.read(companyId, companyOf),
  ]);
  return { ticket, companyName: company.name, timeZone: company.timeZone };
}

export interface LinkedForm {
  readonly key: string;
  readonly text: string;
  readonly score: number;
  readonly photos: readonly Buffer[];
}

export const linkSteps = ['messages', 'rating', 'reopening', 'withdrawal'] as const;
export type LinkStep = (typeof linkSteps)[number];

/** What whoever holds the link does. @throws TICKET_LINK_UNKNOWN, and what the verbs throw */
export async function stepByLink(
  deps: LinkDeps,
  input: { readonly link: string; readonly step: LinkStep; readonly form: LinkedForm },
): Promise<void> {
  const { link, step, form } = input;
  const found = await findByLink(deps, link);
  const { companyId, ticketId, openedBy } = found;
  const reporter: Reporter = { kind: 'payer', companyId, name: openedBy };
  const { text, score } = form;
  switch (step) {
    case 'messages':
      return await addMessage(deps, found, { form, reporter });
    case 'rating':
      if (!Number.isInteger(score) || score < 1 || score > 5) {
        throw feedbackErrors.TICKET_SCORE_MISSING();
      }
      return await rateTicket(deps, { reporter, ticketId, score, text: text.slice(0, maxRating) });
    case 'reopening':
      requireWords(text);
      return await reopenTicket(deps, { reporter, ticketId, text });
    case 'withdrawal':
      return await withdrawTicket(deps, { reporter, ticketId });
  }
}

const maxRating = 500;

async function addMessage(
  deps: LinkDeps,
  { companyId, ticketId, unitId }: FoundTicket,
  { form, reporter }: { readonly form: LinkedForm; readonly reporter: Reporter },
): Promise<void> {
  requireWords(form.text);
  requireFew(form.photos.length);
  const photoIds = await keepPhotos(deps, {
    companyId,
    ownerKey: `payer/${ticketId}`,
    spendings: [{ quota: homePhotos, of: unitId ?? ticketId }],
    photos: form.photos,
    onceKey: form.key,
  });
  const { key: idempotencyKey, text } = form;
  await addToTicket(deps, { reporter, ticketId, idempotencyKey, text, photoIds });
}
