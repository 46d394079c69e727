import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openEventStream, residentOf } from '../../../platform/http/index.ts';
import {
  asPage,
  devicePageOf,
  followPayment,
  lookOf,
  redirect,
  returnPage,
  sendPage,
} from '../../cashier/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { companyOf } from '../queries/company.ts';
import { unitPlace } from '../queries/unit-place.ts';
import { seenPayment, showState } from '../use-cases/show-payment.ts';

type PaymentRoute = { Params: { paymentId: string } };

const config = { permission: 'resident' as const };

/** Pages on the way to pay and back, and the stream that tells how it ended. */
export function addPayPages(app: FastifyInstance, deps: CheckoutDeps): void {
  app.get<PaymentRoute>('/pay/:paymentId/go', { config }, (request, reply) =>
    asPage(deps, request, reply, async () => {
      const { payment, place } = await placeOf(deps, request);
      const shown = await devicePageOf(deps, { ...place, payment }, lookOf(request));
      if (shown.kind === 'page') return await sendPage(deps, request, reply, shown.content);
      // Some channels open their page only for visitors of a domain that they know.
      reply.header('referrer-policy', 'strict-origin');
      return redirect(reply, shown.url);
    }),
  );
  // What the page with a code asks until the money has come.
  app.get<PaymentRoute>('/pay/:paymentId', { config }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return await showState(deps, { actor: residentOf(request), ...request.params });
  });
  for (const url of ['/pay/:paymentId/events', '/api/resident/payments/:paymentId/events']) {
    app.get<PaymentRoute>(url, { config }, (request, reply) => follow(deps, request, reply));
  }
  app.get<PaymentRoute>('/pay/:paymentId/receipt', { config }, async (request, reply) => {
    const { shortCode } = await deps.db.read(residentOf(request).companyId, companyOf);
    return redirect(
      reply,
      `/r/${shortCode}/paying/${encodeURIComponent(request.params.paymentId)}`,
    );
  });
  addReturnRoute(app, deps);
}

async function follow(
  deps: CheckoutDeps,
  request: FastifyRequest<PaymentRoute>,
  reply: Parameters<typeof openEventStream>[0],
): Promise<void> {
  const actor = residentOf(request);
  const { companyId } = actor;
  const { paymentId } = request.params;
  await deps.db.read(companyId, (tx) => seenPayment(tx, deps, { actor, paymentId }));
  let stop = () => {};
  const stream = openEventStream(reply, () => stop());
  stop = followPayment(deps, { companyId, paymentId }, stream);
}

async function placeOf(deps: CheckoutDeps, request: FastifyRequest<PaymentRoute>) {
  const actor = residentOf(request);
  const { companyId } = actor;
  const { paymentId } = request.params;
  return await deps.db.read(companyId, async (tx) => {
    const { payment } = await seenPayment(tx, deps, { actor, paymentId });
    const [{ name, shortCode }, unit] = await Promise.all([
      companyOf(tx),
      unitPlace(tx, payment.unitId),
    ]);
    const home = {
      path: `/r/${shortCode}/bills`,
      companyName: name,
      communityName: unit?.communityName ?? '',
      unitLabel: unit?.unitLabel ?? '',
      ownerMasked: null,
      hasChoices: false,
    };
    return { payment, place: { companyId, home, paymentPath: `/pay/${paymentId}` } };
  });
}

/**
 * Back from the channel's pages, which some of them do by a form that they post, without our
 * cookies. It proves nothing and is not read: the next page asks our own books.
 */
function addReturnRoute(app: FastifyInstance, deps: CheckoutDeps): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
    scope.route<PaymentRoute>({
      method: ['GET', 'POST'],
      url: '/pay/:paymentId/back',
      config: { permission: 'public', allowsForeignOrigin: true },
      bodyLimit: 64 * 1024,
      handler: async (request, reply) => {
        const path = `/pay/${encodeURIComponent(request.params.paymentId)}/receipt`;
        return await sendPage(deps, request, reply, returnPage(path, lookOf(request)));
      },
    });
  });
}
