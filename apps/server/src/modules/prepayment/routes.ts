import { type PrepaymentView, prepaymentRoutes } from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../platform/deps.ts';
import {
  addRoute,
  type CsvColumn,
  everyItem,
  sendCsv,
  staffOf,
} from '../../platform/http/index.ts';
import { type BalanceFilter, balanceTotals, listBalances } from './queries/list-balances.ts';
import { settingOf } from './queries/setting.ts';
import { changeSetting } from './use-cases/change-setting.ts';

const pageSize = 200;
const list = prepaymentRoutes['GET /api/prepayments'];

/** For staff. What bills and payments have to say of a unit's balance, checkout serves. */
export function addPrepaymentRoutes(app: FastifyInstance, deps: Pick<Deps, 'db' | 'clock'>): void {
  const routes = prepaymentRoutes;
  addRoute(app, routes, 'GET /api/prepayments', 'prepayment.read', ({ query, actor }) =>
    deps.db.read(actor.companyId, (tx) => listBalances(tx, query)),
  );
  addRoute(app, routes, 'GET /api/prepayments/totals', 'prepayment.read', ({ query, actor }) =>
    deps.db.read(actor.companyId, (tx) => balanceTotals(tx, query, deps.clock.now())),
  );
  addRoute(app, routes, 'GET /api/prepayment-settings', 'prepayment.read', ({ actor }) =>
    deps.db.read(actor.companyId, settingOf),
  );
  addRoute(app, routes, 'PUT /api/prepayment-settings', 'prepayment.write', ({ body, actor }) =>
    changeSetting(deps, { actor, setting: body }),
  );
  app.get<{ Querystring: BalanceFilter }>(
    '/api/prepayments.csv',
    { config: { permission: 'prepayment.read' }, schema: { querystring: list.query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const filter = request.query;
      const rows = everyItem((after) =>
        deps.db.read(companyId, (tx) =>
          listBalances(tx, { ...filter, limit: pageSize, ...(after && { after }) }),
        ),
      );
      return sendCsv(reply, '预存余额.csv', columns, rows);
    },
  );
}

const columns: readonly CsvColumn<PrepaymentView>[] = [
  { title: '小区', cell: ({ communityName }) => communityName },
  { title: '房屋', cell: ({ unitLabel }) => unitLabel },
  { title: '余额（元）', cell: ({ balanceFen }) => yuanText(fen(balanceFen)) },
  { title: '退款中（元）', cell: ({ reservedFen }) => yuanText(fen(reservedFen)) },
  { title: '自动抵缴', cell: ({ usesItself }) => (usesItself ? '是' : '否') },
  { title: '最近变动', cell: ({ changedAt }) => changedAt },
];
