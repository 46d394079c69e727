import type { StaffActor } from '../../../platform/actor.ts';
import type { FeedbackDeps } from '../deps.ts';
import { type OpenedTicket, openTicket } from './open-ticket.ts';

export interface DeskTicket {
  readonly actor: StaffActor;
  readonly idempotencyKey: string;
  readonly communityId: string;
  readonly unitId?: string;
  readonly categoryId?: string;
  readonly billId?: string;
  readonly paymentId?: string;
  readonly reporter: string;
  readonly phone?: string;
  readonly text: string;
  readonly photoIds: readonly string[];
}

/** On behalf of somebody who came, called or wrote. @throws what openTicket throws */
export async function openAtDesk(
  deps: FeedbackDeps,
  { actor, reporter, paymentId, ...ticket }: DeskTicket,
): Promise<OpenedTicket> {
  return await openTicket(deps, {
    ...ticket,
    companyId: actor.companyId,
    source: 'desk',
    opener: { kind: 'staff', actor, reporter },
    ...(paymentId && { context: { paymentId } }),
  });
}
