import { autopayResidentRoutes as routes } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import type { ResidentActor } from '../../../platform/actor.ts';
import { addResidentRoute, walletFor } from '../../../platform/http/index.ts';
import { type AutopayInputDeps, withMandates } from '../deps.ts';
import { pageOf } from '../page.ts';
import { debitsOf } from '../queries/debits.ts';
import { logOf } from '../queries/log.ts';
import { changeLimits } from '../use-cases/change-limits.ts';
import { followMandate } from '../use-cases/follow-mandates.ts';
import { showMandate, showOwnMandates, withoutMandate } from '../use-cases/show-mandates.ts';
import { showStopped } from '../use-cases/show-stopped.ts';
import { showTerms, signAutopay } from '../use-cases/sign-autopay.ts';
import { signOptions } from '../use-cases/sign-options.ts';
import { skipDebit, unskipDebit } from '../use-cases/skip-debit.ts';
import { stopAutopay } from '../use-cases/stop-autopay.ts';

export function addResidentSide(app: FastifyInstance, deps: AutopayInputDeps): void {
  addSigning(app, deps);
  addChanges(app, deps);
  addReading(app, deps);
}

function addSigning(app: FastifyInstance, deps: AutopayInputDeps): void {
  addResidentRoute(
    app,
    routes,
    'GET /api/resident/autopay/options',
    ({ actor, query, request }) => {
      const wallet = walletFor(deps, request);
      return signOptions(deps, { actor, wallet, ...query });
    },
  );
  addResidentRoute(app, routes, 'POST /api/resident/autopay/terms', ({ actor, body }) =>
    showTerms(deps, { actor, ...wishOf(body) }),
  );
  addResidentRoute(app, routes, 'POST /api/resident/autopay', ({ actor, body }) => {
    const { surface, idempotencyKey } = body;
    return signAutopay(deps, { actor, surface, idempotencyKey, ...wishOf(body) });
  });
}

interface WishBody {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly homes: readonly { readonly unitId: string; readonly feeItemIds: readonly string[] }[];
  readonly limitDebitFen: number;
  readonly limitMonthFen: number;
  readonly firstDebitOn: string;
}

function wishOf(body: WishBody) {
  const { channel, merchantAccountId, homes, limitDebitFen, limitMonthFen, firstDebitOn } = body;
  const limits = { limitDebitFen: fen(limitDebitFen), limitMonthFen: fen(limitMonthFen) };
  return { channel, merchantAccountId, homes, firstDebitOn, ...limits };
}

function addChanges(app: FastifyInstance, deps: AutopayInputDeps): void {
  const show = (actor: ResidentActor, mandateId: string) => showMandate(deps, { actor, mandateId });
  addResidentRoute(
    app,
    routes,
    'POST /api/resident/autopay/:mandateId/limits',
    async ({ actor, params, body }) => {
      const limitDebitFen = fen(body.limitDebitFen);
      const limitMonthFen = fen(body.limitMonthFen);
      await changeLimits(deps, { actor, ...params, limitDebitFen, limitMonthFen });
      return await show(actor, params.mandateId);
    },
  );
  addResidentRoute(
    app,
    routes,
    'POST /api/resident/autopay/:mandateId/stop',
    async ({ actor, params }) => {
      const started = await stopAutopay(deps, { actor, ...params, by: 'resident', note: null });
      return await showStopped(deps, { actor, ...params, started });
    },
  );
  addResidentRoute(
    app,
    routes,
    'POST /api/resident/autopay/:mandateId/debits/:debitId/skip',
    async ({ actor, params }) => {
      await skipDebit(deps, { actor, ...params });
      return await show(actor, params.mandateId);
    },
  );
  addResidentRoute(
    app,
    routes,
    'POST /api/resident/autopay/:mandateId/debits/:debitId/unskip',
    async ({ actor, params }) => {
      await unskipDebit(deps, { actor, ...params });
      return await show(actor, params.mandateId);
    },
  );
  addResidentRoute(
    app,
    routes,
    'POST /api/resident/autopay/:mandateId/check',
    async ({ actor, params }) => {
      const { mandateId } = params;
      await show(actor, mandateId); // Nobody else's.
      await followMandate(withMandates(deps), { companyId: actor.companyId, mandateId });
      return await show(actor, mandateId);
    },
  );
}

function addReading(app: FastifyInstance, deps: AutopayInputDeps): void {
  addResidentRoute(app, routes, 'GET /api/resident/autopay', async ({ actor }) => {
    const mandates = await showOwnMandates(deps, actor);
    const asked = { actor, surface: 'h5', wallet: 'browser' } as const;
    const { options } = await signOptions(deps, asked);
    const canSign = options.length > 0;
    return { asOf: deps.clock.now().toISOString(), mandates, canSign };
  });
  addResidentRoute(app, routes, 'GET /api/resident/autopay/:mandateId', ({ actor, params }) =>
    showMandate(deps, { actor, ...params }),
  );
  addResidentRoute(
    app,
    routes,
    'GET /api/resident/autopay/:mandateId/debits',
    async ({ actor, params, query }) => {
      const { mandateId } = params;
      await showMandate(deps, { actor, mandateId });
      const { items, next } = await pageOf(query, (page) =>
        deps.db.read(actor.companyId, (tx) => debitsOf(tx, { ...page, mandateId })),
      );
      return { items: items.map(withoutMandate), next };
    },
  );
  addResidentRoute(
    app,
    routes,
    'GET /api/resident/autopay/:mandateId/log',
    async ({ actor, params, query }) => {
      const { mandateId } = params;
      await showMandate(deps, { actor, mandateId });
      return await pageOf(query, (page) =>
        deps.db.read(actor.companyId, (tx) => logOf(tx, { ...page, mandateId })),
      );
    },
  );
}
