import { channelsRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import { addRoute, languageOf } from '../../platform/http/index.ts';
import { describeChannels } from './use-cases/describe-channels.ts';
import { changeMerchantAccount, saveMerchantAccount } from './use-cases/save-merchant-account.ts';
import { testMerchantAccount } from './use-cases/test-merchant-account.ts';
import { viewMerchantAccount, viewMerchantAccounts } from './use-cases/view-merchant-accounts.ts';

export function addChannelsRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, channelsRoutes, 'GET /api/channels', 'signed-in', async () => ({
    items: describeChannels(deps),
  }));
  addRoute(
    app,
    channelsRoutes,
    'GET /api/merchant-accounts',
    'channels.read',
    async ({ actor }) => ({
      items: await viewMerchantAccounts(deps, actor.companyId),
    }),
  );
  addRoute(
    app,
    channelsRoutes,
    'POST /api/merchant-accounts',
    'channels.write',
    async ({ body, actor }) => {
      const saved = await saveMerchantAccount(deps, { actor, account: body });
      return await viewMerchantAccount(deps, actor.companyId, saved.merchantAccountId);
    },
  );
  addRoute(
    app,
    channelsRoutes,
    'PATCH /api/merchant-accounts/:id',
    'channels.write',
    async ({ params, body, actor }) => {
      await changeMerchantAccount(deps, { actor, id: params.id, change: body });
      return await viewMerchantAccount(deps, actor.companyId, params.id);
    },
  );
  addRoute(
    app,
    channelsRoutes,
    'POST /api/merchant-accounts/:id/test',
    'channels.write',
    async ({ params, actor, request }) =>
      await testMerchantAccount(deps, {
        companyId: actor.companyId,
        id: params.id,
        language: languageOf(request),
      }),
  );
}
