import { deskRoutes, paymentRoutes } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { addRoute } from '../../platform/http/index.ts';
import type { PaymentInputDeps } from './deps.ts';
import { paymentErrors } from './errors.ts';
import { listPayments } from './queries/list-payments.ts';
import { paymentDetail } from './queries/payment-detail.ts';
import { addPaymentFiles } from './routes/files.ts';
import { addLiveRoute } from './routes/live.ts';
import { addNotificationRoute } from './routes/notification.ts';
import { addRefundRoutes } from './routes/refunds.ts';
import { addSuspenseRoutes } from './routes/suspense.ts';
import { checkPayment } from './use-cases/check-payment.ts';
import type { CompanyDirectory } from './use-cases/receive-notification.ts';
import { showToday } from './use-cases/show-today.ts';
import { takeCodePayment } from './use-cases/take-code-payment.ts';
import { takeDeskPayment } from './use-cases/take-desk-payment.ts';

export function addPaymentRoutes(
  app: FastifyInstance,
  deps: PaymentInputDeps,
  directory: CompanyDirectory,
): void {
  addNotificationRoute(app, { ...deps, ...directory });
  addLiveRoute(app, deps);
  addPaymentFiles(app, deps);
  addRefundRoutes(app, deps);
  addSuspenseRoutes(app, deps);
  addRoute(app, paymentRoutes, 'GET /api/payments', 'payment.read', ({ query, actor }) =>
    deps.db.read(actor.companyId, (tx) => listPayments(tx, query)),
  );
  addRoute(app, paymentRoutes, 'GET /api/payments/:paymentId', 'payment.read', (input) =>
    detailOf(deps, input.actor.companyId, input.params.paymentId),
  );
  addRoute(
    app,
    paymentRoutes,
    'POST /api/payments/:paymentId/check',
    'payment.desk',
    async ({ params: { paymentId }, actor: { companyId, name } }) => {
      await checkPayment(deps, { companyId, paymentId, actor: name });
      return await detailOf(deps, companyId, paymentId);
    },
  );
  addRoute(app, deskRoutes, 'POST /api/payments/desk', 'payment.desk', ({ body, actor }) =>
    takeDeskPayment(deps, { ...body, actor }),
  );
  addRoute(
    app,
    deskRoutes,
    'POST /api/payments/desk/code',
    'payment.desk',
    async ({ body, actor }) => {
      const taken = await takeCodePayment(deps, { ...body, actor });
      return { ...taken, expiresAt: taken.expiresAt.toISOString() };
    },
  );
  addRoute(app, paymentRoutes, 'GET /api/today', 'payment.read', ({ actor }) =>
    showToday(deps, actor.companyId),
  );
}

async function detailOf(deps: PaymentInputDeps, companyId: string, paymentId: string) {
  const found = await deps.db.read(companyId, (tx) => paymentDetail(tx, paymentId));
  if (!found) throw paymentErrors.PAYMENT_NOT_FOUND();
  return found;
}
