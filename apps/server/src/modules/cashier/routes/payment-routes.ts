import { type CashierPayBody, cashierRoutes } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { platformErrors } from '../../../platform/errors.ts';
import { openEventStream } from '../../../platform/http/index.ts';
import type { CashierDeps } from '../doors.ts';
import { followPayment, type OwnPayment, ownPayment } from '../use-cases/follow-payment.ts';
import { pay } from '../use-cases/pay.ts';
import { guarded, type Limits } from './limits.ts';
import { payerCookie } from './visitor.ts';

type PayRoute = { Params: { code: string }; Body: Static<typeof CashierPayBody> };
type PaymentRoute = { Params: { code: string; paymentId: string } };

const config = { permission: 'public' as const };

/** What the page's script asks for. */
export function addPaymentRoutes(app: FastifyInstance, deps: CashierDeps, limits: Limits): void {
  const payContract = cashierRoutes['POST /q/:code/pay'];
  app.post<PayRoute>(
    '/q/:code/pay',
    { config, schema: { body: payContract.body, response: { 200: payContract.response } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { code } = request.params;
      const { billIds } = request.body;
      const cookie = payerCookie(request, code);
      const started = await guarded(limits, request, () =>
        pay(deps, limits, { code, billIds, payerCookie: cookie }),
      );
      return { ...started, expiresAt: started.expiresAt.toISOString() };
    },
  );

  const { response } = cashierRoutes['GET /q/:code/payments/:paymentId'];
  app.get<PaymentRoute>(
    '/q/:code/payments/:paymentId',
    { config, schema: { response: { 200: response } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { payment } = await find(deps, limits, request);
      const { paymentId, state, amountFen } = payment;
      return { paymentId, state, amountFen };
    },
  );

  app.get<PaymentRoute>(
    '/q/:code/payments/:paymentId/events',
    { config },
    async (request, reply) => {
      const { home, payment } = await find(deps, limits, request);
      let stop = () => {};
      const stream = openEventStream(reply, () => stop());
      const { companyId } = home;
      stop = followPayment(deps, { companyId, paymentId: payment.paymentId }, stream);
    },
  );
}

async function find(
  deps: CashierDeps,
  limits: Limits,
  request: FastifyRequest<PaymentRoute>,
): Promise<OwnPayment> {
  const input = { ...request.params, payerCookie: payerCookie(request, request.params.code) };
  const found = await guarded(limits, request, () => ownPayment(deps, input));
  if (!found) throw platformErrors.NOT_FOUND();
  return found;
}
