import { channelsRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { addRoute, languageOf } from '../../../platform/http/index.ts';
import { approveChange, rejectChange, withdrawChange } from '../use-cases/decide-change.ts';
import { proposeChange } from '../use-cases/propose-change.ts';
import { testChange } from '../use-cases/test-change.ts';
import { viewChange, viewChanges } from '../use-cases/view-changes.ts';
import { tryRoute, viewRoutes } from '../use-cases/view-routes.ts';

/** Routing rules, and what waits for a second person. */
export function addChangeRoutes(app: FastifyInstance, deps: Deps): void {
  const routes = channelsRoutes;
  addRoute(app, routes, 'GET /api/channel-routes', 'channels.read', async ({ actor }) => ({
    items: await viewRoutes(deps, actor.companyId),
  }));
  addRoute(app, routes, 'GET /api/channel-routes/trial', 'channels.read', ({ query, actor }) =>
    tryRoute(deps, actor.companyId, query),
  );
  addRoute(app, routes, 'POST /api/channel-routes', 'channels.write', ({ body, actor }) =>
    proposeChange(deps, { actor, change: { kind: 'save-route', rule: body } }),
  );
  addRoute(
    app,
    routes,
    'PUT /api/channel-routes/:routeId',
    'channels.write',
    ({ params, body, actor }) =>
      proposeChange(deps, {
        actor,
        change: { kind: 'save-route', id: params.routeId, rule: body },
      }),
  );
  addRoute(
    app,
    routes,
    'DELETE /api/channel-routes/:routeId',
    'channels.write',
    ({ params, actor }) =>
      proposeChange(deps, { actor, change: { kind: 'remove-route', id: params.routeId } }),
  );
  addRoute(app, routes, 'GET /api/channel-changes', 'channels.read', ({ query, actor }) =>
    viewChanges(deps, actor, query),
  );
  addRoute(
    app,
    routes,
    'GET /api/channel-changes/:changeId',
    'channels.read',
    ({ params, actor }) => viewChange(deps, actor, params.changeId),
  );
  addDecisions(app, deps);
}

function addDecisions(app: FastifyInstance, deps: Deps): void {
  const routes = channelsRoutes;
  addRoute(
    app,
    routes,
    'POST /api/channel-changes/:changeId/test',
    'channels.approve',
    ({ params, actor, request }) =>
      testChange(deps, {
        companyId: actor.companyId,
        id: params.changeId,
        language: languageOf(request),
      }),
  );
  addRoute(
    app,
    routes,
    'POST /api/channel-changes/:changeId/approve',
    'channels.approve',
    async ({ params, actor }) => {
      await approveChange(deps, { actor, id: params.changeId });
      return await viewChange(deps, actor, params.changeId);
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/channel-changes/:changeId/reject',
    'channels.approve',
    async ({ params, body, actor }) => {
      await rejectChange(deps, { actor, id: params.changeId, reason: body.reason });
      return await viewChange(deps, actor, params.changeId);
    },
  );
  addRoute(
    app,
    routes,
    'POST /api/channel-changes/:changeId/withdraw',
    'channels.write',
    async ({ params, actor }) => {
      await withdrawChange(deps, { actor, id: params.changeId });
      return await viewChange(deps, actor, params.changeId);
    },
  );
}
