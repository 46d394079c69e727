import { ticketRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { addRoute } from '../../../platform/http/index.ts';
import { listDisputes } from '../queries/list-disputes.ts';
import { ticketDetail } from '../queries/ticket-detail.ts';
import { listTickets, ticketCounts } from '../queries/tickets.ts';
import { answerDispute } from '../use-cases/answer-dispute.ts';
import { noteOnTicket, replyToTicket } from '../use-cases/answer-ticket.ts';
import { openAtDesk } from '../use-cases/open-at-desk.ts';
import { moveToCategory, setTicketState, workOnMany } from '../use-cases/work-on-ticket.ts';

const write = 'feedback.reply' as const;

export function addTicketRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/tickets', 'feedback.read', ({ actor, query }) =>
    listTickets(deps, { companyId: actor.companyId, readerId: actor.id, ...query }),
  );
  addRoute(app, contract, 'GET /api/tickets/counts', 'feedback.read', ({ actor }) =>
    ticketCounts(deps, { companyId: actor.companyId, readerId: actor.id }),
  );
  addRoute(app, contract, 'POST /api/tickets', write, async ({ actor, body }) => {
    const { ticketId } = await openAtDesk(deps, { actor, ...body });
    return await shown(deps, actor, ticketId);
  });
  addRoute(app, contract, 'GET /api/tickets/:ticketId', 'feedback.read', ({ actor, params }) =>
    shown(deps, actor, params.ticketId),
  );
  addRoute(app, contract, 'POST /api/tickets/bulk', write, ({ actor, body }) =>
    workOnMany(deps, { actor, ...body }),
  );
  addRoute(app, contract, 'GET /api/disputes', 'feedback.read', ({ actor, query }) =>
    listDisputes(deps, { companyId: actor.companyId, ...query }),
  );
  addSteps(app, deps);
}

function addSteps(app: FastifyInstance, deps: Deps): void {
  const of = '/api/tickets/:ticketId' as const;
  addRoute(app, contract, `POST ${of}/replies`, write, async ({ actor, params, body }) => {
    await replyToTicket(deps, { actor, ...params, ...body });
    return await shown(deps, actor, params.ticketId);
  });
  addRoute(app, contract, `POST ${of}/notes`, write, async ({ actor, params, body }) => {
    await noteOnTicket(deps, { actor, ...params, ...body });
    return await shown(deps, actor, params.ticketId);
  });
  addRoute(app, contract, `POST ${of}/state`, write, async ({ actor, params, body }) => {
    await setTicketState(deps, { actor, ...params, ...body });
    return await shown(deps, actor, params.ticketId);
  });
  addRoute(app, contract, `POST ${of}/category`, write, async ({ actor, params, body }) => {
    await moveToCategory(deps, { actor, ...params, ...body });
    return await shown(deps, actor, params.ticketId);
  });
  addRoute(
    app,
    contract,
    'POST /api/disputes/:ticketId/answer',
    write,
    async ({ actor, params, body }) => {
      await answerDispute(deps, { actor, ...params, ...body });
      return await shown(deps, actor, params.ticketId);
    },
  );
}

function shown(deps: Deps, { companyId, permissions }: StaffActor, ticketId: string) {
  return ticketDetail(deps, { companyId, permissions, ticketId });
}
