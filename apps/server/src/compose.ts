import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { addBillingRoutes } from './modules/billing/index.ts';
import { addCashierRoutes } from './modules/cashier/index.ts';
import { addChannelsRoutes } from './modules/channels/index.ts';
import { addChargingRoutes } from './modules/charging/index.ts';
import { addEstateRoutes } from './modules/estate/index.ts';
import { addIdentityRoutes, authenticate } from './modules/identity/index.ts';
import { addLedgerRoutes } from './modules/ledger/index.ts';
import { addPaymentRoutes } from './modules/payment/index.ts';
import type { Deps } from './platform/deps.ts';
import { createApp } from './platform/http/index.ts';
import type { Work } from './platform/worker.ts';

/** The table of contents of the server: every module, what it serves and what it works on. */
export async function buildApp(
  deps: Deps,
  options: { readonly loggerInstance?: FastifyBaseLogger } = {},
): Promise<FastifyInstance> {
  const app = await createApp({
    ...options,
    publicUrl: deps.publicUrl,
    authenticate: (request) => authenticate(deps, request),
  });
  addIdentityRoutes(app, deps);
  addEstateRoutes(app, deps);
  addLedgerRoutes(app, deps);
  addChannelsRoutes(app, deps);
  addChargingRoutes(app, deps);
  addBillingRoutes(app, deps);
  addPaymentRoutes(app, deps);
  addCashierRoutes(app, deps);
  return app;
}

export function workOf(_deps: Deps): Work {
  return { tasks: [], listeners: [] };
}
