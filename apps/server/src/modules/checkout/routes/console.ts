import { prepaymentRoutes as contract, type PrepaymentMovement } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import {
  addRoute,
  type CsvColumn,
  everyItem,
  sendCsv,
  staffOf,
} from '../../../platform/http/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { switchUseFor, unitBalance, unitMovements } from '../use-cases/unit-balance.ts';
import { useBalanceFor } from '../use-cases/use-balance.ts';

const pageSize = 200;
const movementsKey = 'GET /api/units/:unitId/prepayment/movements';

/** What staff see and do of one unit's balance; the lists are prepayment's own. */
export function addConsoleRoutes(app: FastifyInstance, deps: CheckoutDeps): void {
  addRoute(app, contract, 'GET /api/units/:unitId/prepayment', 'prepayment.read', (input) =>
    unitBalance(deps, { actor: input.actor, ...input.params }),
  );
  addRoute(app, contract, 'PUT /api/units/:unitId/prepayment', 'prepayment.write', (input) =>
    switchUseFor(deps, { actor: input.actor, ...input.params, ...input.body }),
  );
  addRoute(app, contract, 'POST /api/units/:unitId/prepayment/uses', 'prepayment.write', (input) =>
    useBalanceFor(deps, { actor: input.actor, ...input.params, ...input.body }),
  );
  addRoute(app, contract, movementsKey, 'prepayment.read', ({ actor, params, query }) =>
    unitMovements(deps, { actor, ...params, ...query }),
  );
  app.get<{ Params: { unitId: string } }>(
    '/api/units/:unitId/prepayment/movements.csv',
    {
      config: { permission: 'prepayment.read' },
      schema: { params: contract[movementsKey].params },
    },
    (request, reply) => {
      const actor = staffOf(request);
      const { unitId } = request.params;
      const rows = everyItem((after) =>
        unitMovements(deps, { actor, unitId, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '预存流水.csv', columns, rows);
    },
  );
}

const columns: readonly CsvColumn<PrepaymentMovement>[] = [
  { title: '时间', cell: ({ at }) => at },
  { title: '事由', cell: ({ text }) => text.zh },
  { title: '金额（元）', cell: ({ amountFen }) => yuanText(fen(amountFen)) },
  { title: '余额（元）', cell: ({ balanceAfterFen }) => yuanText(fen(balanceAfterFen)) },
  { title: '经办', cell: ({ actor }) => actor },
];
