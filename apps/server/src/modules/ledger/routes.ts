import {
  AccountFilter,
  type AccountView,
  ledgerRoutes as contract,
  TransferFilter,
  type TransferView,
} from '@wuye-pay/contract';
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
import { showAccounts } from './use-cases/show-accounts.ts';
import { showTransfers } from './use-cases/show-transfers.ts';

const permission = 'ledger.read';
/** Rows a query of a file that is streamed. */
const limit = 200;

export function addLedgerRoutes(app: FastifyInstance, deps: Deps): void {
  addRoute(app, contract, 'GET /api/ledger/accounts', permission, ({ actor, query }) =>
    showAccounts(deps, actor.companyId, query),
  );
  addRoute(app, contract, 'GET /api/ledger/transfers', permission, ({ actor, query }) =>
    showTransfers(deps, actor.companyId, query),
  );
  app.get<{ Querystring: AccountFilter }>(
    '/api/ledger/accounts.csv',
    { config: { permission }, schema: { querystring: AccountFilter } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showAccounts(deps, companyId, { ...request.query, ...(after && { after }), limit }),
      );
      return sendCsv(reply, '科目余额.csv', accountColumns, rows);
    },
  );
  app.get<{ Querystring: TransferFilter }>(
    '/api/ledger/transfers.csv',
    { config: { permission }, schema: { querystring: TransferFilter } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showTransfers(deps, companyId, { ...request.query, ...(after && { after }), limit }),
      );
      return sendCsv(reply, '分录.csv', transferColumns, rows);
    },
  );
}

const accountColumns: readonly CsvColumn<AccountView>[] = [
  { title: '科目', cell: (row) => row.code },
  { title: '余额方向', cell: (row) => (row.normalSide === 'debit' ? '借' : '贷') },
  { title: '借方累计（元）', cell: (row) => yuanText(fen(row.debitFen)) },
  { title: '贷方累计（元）', cell: (row) => yuanText(fen(row.creditFen)) },
  { title: '余额（元）', cell: (row) => yuanText(fen(row.balanceFen)) },
];

const transferColumns: readonly CsvColumn<TransferView>[] = [
  { title: '日期', cell: (row) => row.day },
  { title: '时刻', cell: (row) => row.postedAt },
  { title: '业务', cell: (row) => row.kind },
  { title: '凭证号', cell: (row) => row.key },
  { title: '借方科目', cell: (row) => row.debit },
  { title: '贷方科目', cell: (row) => row.credit },
  { title: '金额（元）', cell: (row) => yuanText(fen(row.amountFen)) },
  { title: '封存批次', cell: (row) => row.sealNo },
];
