import type { TicketContext } from '@wuye-pay/contract';
import type { ResidentActor } from '../../../platform/actor.ts';
import { requireHome } from '../../resident/index.ts';
import type { FeedbackDeps } from '../deps.ts';
import { categoriesOf } from '../queries/categories.ts';
import { disputesOfHome, residentTicket, residentTickets } from '../queries/resident-tickets.ts';
import { type OpenedTicket, openTicket } from './open-ticket.ts';

interface By {
  readonly actor: ResidentActor;
}

/** What is offered to residents. */
export async function showCategories(deps: FeedbackDeps, actor: ResidentActor) {
  const categories = await deps.db.read(actor.companyId, categoriesOf);
  const items = categories
    .filter(({ isActive }) => isActive)
    .map(({ id, code, name, nameEn, isDispute }) => ({
      ...{ id, isDispute, isPayment: code === 'payment' },
      name: { zh: name, en: nameEn },
    }));
  return { items };
}

export interface ResidentWish extends By {
  readonly idempotencyKey: string;
  readonly unitId: string;
  readonly categoryId?: string;
  readonly billId?: string;
  readonly source?: 'app' | 'receipt';
  readonly text: string;
  readonly photoIds: readonly string[];
  readonly context?: TicketContext;
}

/** @throws HOME_NOT_BOUND, and what openTicket throws */
export async function openForResident(
  deps: FeedbackDeps,
  { actor, source = 'app', ...wish }: ResidentWish,
): Promise<OpenedTicket> {
  const { companyId } = actor;
  await deps.db.read(companyId, (tx) => requireHome(tx, actor, wish.unitId));
  return await openTicket(deps, {
    ...wish,
    companyId,
    source,
    opener: { kind: 'resident', actor },
  });
}

export function showOwnTickets(
  deps: FeedbackDeps,
  { actor, ...page }: By & { readonly after?: string; readonly limit?: number },
) {
  return residentTickets(deps, { companyId: actor.companyId, accountId: actor.id, ...page });
}

/** @throws TICKET_NOT_FOUND, also for another's */
export function showOwnTicket(
  deps: FeedbackDeps,
  { actor, ticketId }: By & { readonly ticketId: string },
) {
  const reader = { accountId: actor.id };
  return residentTicket(deps, { companyId: actor.companyId, reader, ticketId });
}

/** @throws HOME_NOT_BOUND */
export async function showHomeDisputes(
  deps: FeedbackDeps,
  { actor, unitId }: By & { readonly unitId: string },
) {
  return await deps.db.read(actor.companyId, async (tx) => {
    await requireHome(tx, actor, unitId);
    const rows = await disputesOfHome(tx, { unitId, accountId: actor.id });
    return { items: rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString() })) };
  });
}
