import { channelsRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { addRoute, languageOf } from '../../../platform/http/index.ts';
import { describeChannels } from '../use-cases/describe-channels.ts';
import { proposeChange } from '../use-cases/propose-change.ts';
import { showStatement } from '../use-cases/show-statement.ts';
import { testMerchantAccount } from '../use-cases/test-merchant-account.ts';
import { viewHealth } from '../use-cases/view-health.ts';
import { viewMerchantAccount, viewMerchantAccounts } from '../use-cases/view-merchant-accounts.ts';
import { viewAlerts } from '../use-cases/warn-expiry.ts';

/** Channels, merchant accounts, and what they say. */
export function addAccountRoutes(app: FastifyInstance, deps: Deps): void {
  const routes = channelsRoutes;
  addRoute(app, routes, 'GET /api/channels', 'signed-in', async () => ({
    items: describeChannels(deps),
  }));
  addRoute(app, routes, 'GET /api/channel-alerts', 'channels.read', ({ actor }) =>
    viewAlerts(deps, actor),
  );
  addRoute(app, routes, 'GET /api/merchant-accounts', 'channels.read', async ({ actor }) => ({
    items: await viewMerchantAccounts(deps, actor.companyId),
  }));
  addRoute(app, routes, 'GET /api/merchant-accounts/:id', 'channels.read', ({ params, actor }) =>
    viewMerchantAccount(deps, actor.companyId, params.id),
  );
  addRoute(app, routes, 'POST /api/merchant-accounts', 'channels.write', ({ body, actor }) =>
    proposeChange(deps, { actor, change: { kind: 'create-account', account: body } }),
  );
  addRoute(
    app,
    routes,
    'PATCH /api/merchant-accounts/:id',
    'channels.write',
    ({ params, body, actor }) =>
      proposeChange(deps, {
        actor,
        change: { kind: 'change-account', id: params.id, change: body },
      }),
  );
  addWhatAccountsSay(app, deps);
}

function addWhatAccountsSay(app: FastifyInstance, deps: Deps): void {
  const routes = channelsRoutes;
  addRoute(
    app,
    routes,
    'POST /api/merchant-accounts/:id/test',
    'channels.write',
    ({ params, actor, request }) =>
      testMerchantAccount(deps, {
        companyId: actor.companyId,
        id: params.id,
        language: languageOf(request),
      }),
  );
  addRoute(
    app,
    routes,
    'GET /api/merchant-accounts/:id/health',
    'channels.read',
    ({ params, actor }) => viewHealth(deps, actor.companyId, params.id),
  );
  addRoute(
    app,
    routes,
    'GET /api/merchant-accounts/:id/statements/:day',
    'channels.read',
    ({ params, query, actor }) =>
      showStatement(deps, {
        companyId: actor.companyId,
        merchantAccountId: params.id,
        day: params.day,
        kind: query.kind ?? 'trade',
      }),
  );
}
