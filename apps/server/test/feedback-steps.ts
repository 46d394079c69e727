import { builtInId } from '../src/modules/feedback/queries/categories.ts';
import { residentTicket } from '../src/modules/feedback/queries/resident-tickets.ts';
import { ticketDetail } from '../src/modules/feedback/queries/ticket-detail.ts';
import { type Reply, replyToTicket } from '../src/modules/feedback/use-cases/answer-ticket.ts';
import {
  openForResident,
  type ResidentWish,
} from '../src/modules/feedback/use-cases/resident-tickets.ts';
import { sql } from '../src/platform/database/index.ts';
import type { FeedbackWorld } from './feedback-builders.ts';
import type { TestSystem } from './harness.ts';

let keys = 0;

/** What tests of tickets do again and again, in the world that a test stands in. */
export function ticketStepsIn(system: () => TestSystem, world: () => FeedbackWorld) {
  const nextKey = () => `key-number-${(keys += 1)}`;
  const category = (code: string) => builtInId(world().companyId, code);
  return {
    nextKey,
    category,
    reporter: () => ({ kind: 'resident' as const, actor: world().resident.actor }),
    async opened(change: Partial<ResidentWish> = {}): Promise<string> {
      const { ticketId } = await openForResident(system().deps, {
        actor: world().resident.actor,
        idempotencyKey: nextKey(),
        unitId: world().unit.unitId,
        categoryId: category('repair'),
        text: '楼道灯不亮',
        photoIds: [],
        ...change,
      });
      return ticketId;
    },
    async reply(ticketId: string, change: Partial<Reply> = {}): Promise<void> {
      const { staff: actor } = world();
      const words = { text: '已安排师傅', photoIds: [], nextState: 'in-progress' as const };
      await replyToTicket(system().deps, {
        ...{ actor, ticketId, idempotencyKey: nextKey(), ...words },
        ...change,
      });
    },
    seenByStaff: (ticketId: string) => ticketDetail(system().deps, { ...world().staff, ticketId }),
    seenByResident: (ticketId: string, accountId = world().resident.accountId) => {
      const { companyId } = world();
      return residentTicket(system().deps, { companyId, reader: { accountId }, ticketId });
    },
    messagesOf: (ticketId: string) =>
      system().deps.jobsDb.global.many(sql<{ templateKey: string }>`
        select template_key as "templateKey" from messaging.message
        where company_id = ${world().companyId} and subject_id = ${ticketId}
        order by template_key desc`),
  };
}
