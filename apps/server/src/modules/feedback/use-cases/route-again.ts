import type { Tx } from '../../../platform/database/index.ts';
import { feedbackErrors } from '../errors.ts';
import { categoriesOf, type RouteOfTicket, routeOf } from '../queries/categories.ts';
import type { LockedTicket } from '../store/ticket-store.ts';

/** By the rules as they are now. @throws TICKET_CATEGORY_UNKNOWN */
export async function routeNow(
  tx: Tx,
  ticket: Pick<LockedTicket, 'categoryId' | 'communityId'>,
): Promise<RouteOfTicket & { readonly isDispute: boolean }> {
  const category = (await categoriesOf(tx)).find(({ id }) => id === ticket.categoryId);
  if (!category) throw feedbackErrors.TICKET_CATEGORY_UNKNOWN();
  const { isDispute } = category;
  return { ...(await routeOf(tx, category, ticket.communityId)), isDispute };
}

export async function resolveMinutesOf(tx: Tx, ticket: LockedTicket): Promise<number> {
  return (await routeNow(tx, ticket)).resolveMinutes;
}
