import { checkoutRoutes as contract } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addResidentRoute, deviceOf, userAgentOf, walletFor } from '../../platform/http/index.ts';
import { createLimiter } from '../cashier/index.ts';
import type { PaymentInputDeps } from '../payment/index.ts';
import type { CheckoutDeps, CheckoutDoors } from './deps.ts';
import { addConsoleRoutes } from './routes/console.ts';
import { addPayPages } from './routes/pay-pages.ts';
import { planCheckout } from './use-cases/plan-checkout.ts';
import { showHistory } from './use-cases/show-history.ts';
import { showMovements } from './use-cases/show-movements.ts';
import { explainBill, showOpenBills } from './use-cases/show-open-bills.ts';
import { showPayment, showState } from './use-cases/show-payment.ts';
import { startCheckout } from './use-cases/start-checkout.ts';
import { switchUse, topUpOptions } from './use-cases/top-up-options.ts';
import { useBalance } from './use-cases/use-balance.ts';

/** Taps of one resident. */
const taps = { limit: 30, windowMs: 60_000 };
/** Unknown codes opened by one resident; they have 80 random bits, so this only spares the database. */
const guesses = { limit: 30, windowMs: 10 * 60_000 };

export function addCheckoutRoutes(
  app: FastifyInstance,
  plain: PaymentInputDeps,
  doors: CheckoutDoors,
): void {
  const deps: CheckoutDeps = { ...plain, doors };
  addBillRoutes(app, deps);
  addPaymentRoutes(app, deps);
  addBalanceRoutes(app, deps);
  addPayPages(app, deps);
  addConsoleRoutes(app, deps);
}

function addBillRoutes(app: FastifyInstance, deps: CheckoutDeps): void {
  const guessing = createLimiter(deps.clock, guesses);
  addResidentRoute(app, contract, 'GET /api/resident/bills', ({ actor, query }) =>
    showOpenBills(deps, guessing, { actor, ...query }),
  );
  addResidentRoute(app, contract, 'GET /api/resident/bills/:billId', ({ actor, params }) =>
    explainBill(deps, { actor, ...params }),
  );
  addResidentRoute(app, contract, 'POST /api/resident/plans', ({ actor, body, request }) =>
    planCheckout(deps, { actor, body, surface: surfaceOf(deps, request, body.surface) }),
  );
}

function addPaymentRoutes(app: FastifyInstance, deps: CheckoutDeps): void {
  const paying = createLimiter(deps.clock, taps);
  addResidentRoute(app, contract, 'POST /api/resident/payments', ({ actor, body, request }) =>
    startCheckout(deps, paying, {
      actor,
      body,
      surface: surfaceOf(deps, request, body.surface),
      payerIp: request.ip,
    }),
  );
  addResidentRoute(app, contract, 'GET /api/resident/payments/:paymentId', ({ actor, params }) =>
    showPayment(deps, { actor, ...params }),
  );
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/payments/:paymentId/state',
    ({ actor, params }) => showState(deps, { actor, ...params }),
  );
  addResidentRoute(app, contract, 'GET /api/resident/history', ({ actor, query }) =>
    showHistory(deps, { actor, ...query }),
  );
}

function addBalanceRoutes(app: FastifyInstance, deps: CheckoutDeps): void {
  const using = createLimiter(deps.clock, taps);
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/homes/:unitId/prepayment',
    ({ actor, params }) => topUpOptions(deps, { actor, ...params }),
  );
  addResidentRoute(
    app,
    contract,
    'PUT /api/resident/homes/:unitId/prepayment',
    ({ actor, params, body }) => switchUse(deps, { actor, ...params, ...body }),
  );
  addResidentRoute(
    app,
    contract,
    'GET /api/resident/homes/:unitId/prepayment/movements',
    ({ actor, params, query }) => showMovements(deps, { actor, ...params, ...query }),
  );
  addResidentRoute(
    app,
    contract,
    'POST /api/resident/homes/:unitId/prepayment/uses',
    ({ actor, params, body }) => useBalance(deps, using, { actor, ...params, ...body }),
  );
}

/** A mini-program says what it is; a page is known by its browser. */
function surfaceOf(
  deps: CheckoutDeps,
  request: FastifyRequest,
  surface: 'h5' | 'wechat' | 'alipay',
) {
  return { surface, wallet: walletFor(deps, request), device: deviceOf(userAgentOf(request)) };
}
