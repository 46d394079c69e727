import { residentFeedbackRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { addResidentRoute } from '../../../platform/http/index.ts';
import { addToTicket } from '../use-cases/answer-ticket.ts';
import { answerSurvey, askSurvey } from '../use-cases/ask-survey.ts';
import { rateTicket, reopenTicket, withdrawTicket } from '../use-cases/rate-ticket.ts';
import {
  openForResident,
  showCategories,
  showHomeDisputes,
  showOwnTicket,
  showOwnTickets,
} from '../use-cases/resident-tickets.ts';

export function addResidentTicketRoutes(app: FastifyInstance, deps: Deps): void {
  addResidentRoute(app, contract, 'GET /api/resident/ticket-categories', ({ actor }) =>
    showCategories(deps, actor),
  );
  addResidentRoute(app, contract, 'GET /api/resident/tickets', ({ actor, query }) =>
    showOwnTickets(deps, { actor, ...query }),
  );
  addResidentRoute(app, contract, 'POST /api/resident/tickets', async ({ actor, body }) => {
    const { ticketId } = await openForResident(deps, { actor, ...body });
    return await showOwnTicket(deps, { actor, ticketId });
  });
  addResidentRoute(app, contract, 'GET /api/resident/tickets/:ticketId', ({ actor, params }) =>
    showOwnTicket(deps, { actor, ...params }),
  );
  addResidentRoute(app, contract, 'GET /api/resident/disputes', ({ actor, query }) =>
    showHomeDisputes(deps, { actor, ...query }),
  );
  addTicketSteps(app, deps);
  addSurveyRoutes(app, deps);
}

function addTicketSteps(app: FastifyInstance, deps: Deps): void {
  const of = '/api/resident/tickets/:ticketId' as const;
  addResidentRoute(app, contract, `POST ${of}/messages`, async ({ actor, params, body }) => {
    await addToTicket(deps, { reporter: { kind: 'resident', actor }, ...params, ...body });
    return await showOwnTicket(deps, { actor, ...params });
  });
  addResidentRoute(app, contract, `POST ${of}/rating`, async ({ actor, params, body }) => {
    await rateTicket(deps, { reporter: { kind: 'resident', actor }, ...params, ...body });
    return await showOwnTicket(deps, { actor, ...params });
  });
  addResidentRoute(app, contract, `POST ${of}/reopening`, async ({ actor, params, body }) => {
    await reopenTicket(deps, { reporter: { kind: 'resident', actor }, ...params, ...body });
    return await showOwnTicket(deps, { actor, ...params });
  });
  addResidentRoute(app, contract, `POST ${of}/withdrawal`, async ({ actor, params }) => {
    await withdrawTicket(deps, { reporter: { kind: 'resident', actor }, ...params });
    return await showOwnTicket(deps, { actor, ...params });
  });
}

function addSurveyRoutes(app: FastifyInstance, deps: Deps): void {
  const of = '/api/resident/satisfaction' as const;
  addResidentRoute(app, contract, `POST ${of}/question`, ({ actor, body }) =>
    askSurvey(deps, { payer: { kind: 'resident', actor }, ...body }),
  );
  addResidentRoute(app, contract, `POST ${of}/:satisfactionId/answer`, ({ actor, params, body }) =>
    answerSurvey(deps, { payer: { kind: 'resident', actor }, ...params, ...body }),
  );
}
