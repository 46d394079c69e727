import { type CashierPayBody, cashierRoutes } from '@wuye-pay/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { platformErrors } from '../../../platform/errors.ts';
import { deviceOf, openEventStream, userAgentOf, walletFor } from '../../../platform/http/index.ts';
import type { StartedPayment } from '../../payment/index.ts';
import type { CashierDeps } from '../doors.ts';
import { followPayment, type OwnPayment, ownPayment } from '../use-cases/follow-payment.ts';
import { pay } from '../use-cases/pay.ts';
import { guarded, type Limits } from './limits.ts';
import { visitorOf } from './visitor.ts';

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
      const { billIds, way } = request.body;
      const wallet = walletFor(deps, request);
      const visitor = {
        ...visitorOf(request, code),
        wallet,
        device: deviceOf(userAgentOf(request)),
        payerIp: request.ip,
      };
      const started = await guarded(limits, request, () =>
        pay(deps, limits, { code, billIds, way, ...visitor }),
      );
      const { instructions, expiresAt, ...told } = started;
      const device = instructions && { instructions: forDevice(instructions) };
      return { ...told, ...device, expiresAt: expiresAt.toISOString() };
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

/** The script opens a wallet's sheet itself; all else is a page of ours to go to. */
function forDevice(instructions: NonNullable<StartedPayment['instructions']>) {
  const { kind } = instructions;
  return kind === 'jsapi' || kind === 'alipay-trade' ? instructions : { kind: 'go' };
}

async function find(
  deps: CashierDeps,
  limits: Limits,
  request: FastifyRequest<PaymentRoute>,
): Promise<OwnPayment> {
  const input = { ...request.params, ...visitorOf(request, request.params.code) };
  const found = await guarded(limits, request, () => ownPayment(deps, input));
  if (!found) throw platformErrors.NOT_FOUND();
  return found;
}
