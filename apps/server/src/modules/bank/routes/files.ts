import {
  type BankEntryView,
  type BankImportProblem,
  bankEntryRoutes,
  bankImportRoutes,
  bankRoutes,
  type UnitReference,
} from '@wuye-pay/contract';
import { fen, yuanText } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { type CsvColumn, everyItem, sendCsv, staffOf } from '../../../platform/http/index.ts';
import { type EntriesInput, showEntries, showReferences } from '../use-cases/show-entries.ts';
import { showProblems } from '../use-cases/show-imports.ts';

const pageSize = 200;

/** The lists as files, with the filters of the lists. */
export function addBankFiles(app: FastifyInstance, deps: Deps): void {
  const config = { permission: 'bank.read' } as const;
  app.get<{ Querystring: EntriesInput }>(
    '/api/bank-entries.csv',
    { config, schema: { querystring: bankEntryRoutes['GET /api/bank-entries'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { limit: _limit, after: _after, ...filter } = request.query;
      const rows = everyItem((after) =>
        showEntries(deps, companyId, { ...filter, limit: pageSize, ...(after && { after }) }),
      );
      return sendCsv(reply, '银行流水.csv', entryColumns, rows);
    },
  );
  app.get<{ Params: { bankImportId: string } }>(
    '/api/bank-imports/:bankImportId/problems.csv',
    {
      config,
      schema: { params: bankImportRoutes['GET /api/bank-imports/:bankImportId'].params },
    },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const rows = everyItem((after) =>
        showProblems(deps, companyId, request.params.bankImportId, {
          limit: pageSize,
          ...(after && { after }),
        }),
      );
      return sendCsv(reply, '对账单问题.csv', problemColumns, rows);
    },
  );
  app.get<{ Querystring: { communityId: string } }>(
    '/api/bank-references.csv',
    { config, schema: { querystring: bankRoutes['GET /api/bank-references'].query } },
    (request, reply) => {
      const { companyId } = staffOf(request);
      const { communityId } = request.query;
      const rows = everyItem((after) =>
        showReferences(deps, companyId, {
          communityId,
          limit: pageSize,
          ...(after && { after }),
        }),
      );
      return sendCsv(reply, '转账识别码.csv', referenceColumns, rows);
    },
  );
}

const states: Readonly<Record<BankEntryView['state'], string>> = {
  matched: '已匹配',
  split: '部分匹配',
  suspense: '待匹配',
  returned: '已退回',
  'not-payment': '非缴费',
  debit: '支出',
};

const entryColumns: readonly CsvColumn<BankEntryView>[] = [
  { title: '记账日期', cell: (row) => row.bookedOn },
  { title: '银行账户', cell: (row) => row.bankAccountName },
  { title: '方向', cell: (row) => (row.direction === 'credit' ? '收入' : '支出') },
  { title: '金额（元）', cell: (row) => yuanText(fen(row.amountFen)) },
  { title: '状态', cell: (row) => states[row.state] },
  { title: '挂账余额（元）', cell: (row) => yuanText(fen(row.suspenseFen)) },
  { title: '对方户名', cell: (row) => row.counterpartyMasked },
  { title: '对方账号', cell: (row) => row.counterpartyAccountMasked },
  { title: '附言', cell: (row) => row.text },
  { title: '银行流水号', cell: (row) => row.bankReference },
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '文件行号', cell: (row) => row.row },
];

const problemColumns: readonly CsvColumn<BankImportProblem>[] = [
  { title: '级别', cell: (row) => (row.severity === 'error' ? '错误' : '提醒') },
  { title: '行', cell: (row) => row.row },
  { title: '列', cell: (row) => row.column },
  { title: '表头', cell: (row) => row.header },
  { title: '内容', cell: (row) => row.value },
  { title: '原因', cell: (row) => row.reason },
  { title: '怎么改', cell: (row) => row.advice },
];

const referenceColumns: readonly CsvColumn<UnitReference>[] = [
  { title: '小区', cell: (row) => row.communityName },
  { title: '房屋', cell: (row) => row.unitLabel },
  { title: '缴费识别码', cell: (row) => row.referencePrinted },
  { title: '子账号', cell: (row) => row.subAccount },
  { title: '子账号开户行', cell: (row) => row.subAccountBankName },
];
