import { fen } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { createApp } from '../../platform/http/index.ts';
import { newId } from '../../platform/id.ts';
import { account, addLedgerRoutes, type NewTransfer, postTransfers } from './index.ts';

let system: TestSystem;
let app: FastifyInstance;
const [community, feeItem, merchant] = [1, 2, 3].map(
  (digit) => `0192f0c1-0000-7000-8000-00000000000${digit}`,
) as [string, string, string];
const bills = account.receivable(community, feeItem);
const income = account.revenue(community, feeItem);
const wechat = account.channel(merchant);
let paymentId = '';

beforeAll(async () => {
  system = await givenSystem();
  app = await createApp({
    publicUrl: system.deps.publicUrl,
    authenticate: async () => system.staff,
  });
  addLedgerRoutes(app, system.deps);
  await post('2026-11-01T02:00:00Z', [{ debit: bills, credit: income, amountFen: fen(254_70) }]);
  paymentId = await post('2026-11-24T02:00:00Z', [
    { debit: wechat, credit: bills, amountFen: fen(200_00) },
    { debit: wechat, credit: account.suspense(), amountFen: fen(1) },
  ]);
});
afterAll(async () => {
  await app.close();
  await system.close();
});

async function post(at: string, transfers: NewTransfer[]): Promise<string> {
  system.clock.set(at);
  const sourceId = newId(system.clock.now());
  const posting = { key: sourceId, kind: 'test.post', sourceId, postedAt: system.clock.now() };
  await system.deps.db.transaction(system.companyId, (tx) =>
    postTransfers(tx, system.deps, { ...posting, transfers }),
  );
  return sourceId;
}

async function get(url: string) {
  const { statusCode, body } = await app.inject({ url });
  return { statusCode, body: JSON.parse(body) };
}

test('an accountant sees every account with both sides and the balance', async () => {
  const { body } = await get('/api/ledger/accounts');
  const seen = body.items.map(({ code, debitFen, creditFen, balanceFen }: never) => [
    code,
    debitFen,
    creditFen,
    balanceFen,
  ]);
  expect(seen).toEqual([
    [wechat, 200_01, 0, 200_01],
    [bills, 254_70, 200_00, 54_70],
    [income, 0, 254_70, 254_70],
    ['suspense', 0, 1, 1],
  ]);
});

test('balances can be asked for as of an instant, and of one kind', async () => {
  const url = '/api/ledger/accounts?kind=receivable&at=2026-11-02T00:00:00%2B08:00';
  const { body } = await get(url);
  expect(body.items).toHaveLength(1);
  expect(body.items[0].balanceFen).toBe(254_70);
});

test('accounts and transfers come in pages without a gap or a repeat', async () => {
  for (const list of ['accounts', 'transfers']) {
    const whole = (await get(`/api/ledger/${list}`)).body.items;
    const pages = [];
    let after = '';
    do {
      const { body } = await get(`/api/ledger/${list}?limit=1${after}`);
      pages.push(...body.items);
      after = body.next === null ? '' : `&after=${encodeURIComponent(body.next)}`;
    } while (after !== '');
    expect(pages).toEqual(whole);
  }
});

test('the transfers of a payment, and those of an account, are found', async () => {
  const ofPayment = (await get(`/api/ledger/transfers?sourceId=${paymentId}`)).body.items;
  expect(ofPayment.map((row: { amountFen: number }) => row.amountFen).sort()).toEqual([1, 200_00]);
  const ofBills = (await get(`/api/ledger/transfers?account=${bills}`)).body.items;
  expect(ofBills.map((row: { amountFen: number }) => row.amountFen)).toEqual([200_00, 254_70]);
});

test.each([
  ['an instant that is none', '/api/ledger/accounts?at=yesterday', 'at'],
  ['a day that is none', '/api/ledger/transfers?from=2026-02-30', 'from'],
  ['more than a year', '/api/ledger/transfers?from=2020-01-01&to=2026-01-01', 'from'],
  ['a page mark of another make', '/api/ledger/transfers?after=1', 'after'],
])('%s is refused and named', async (_name, url, field) => {
  const { statusCode, body } = await get(url);
  expect(statusCode).toBe(400);
  expect(body.error.problems).toEqual([expect.objectContaining({ field })]);
});

test('the lists leave as files that a spreadsheet opens', async () => {
  const accounts = await app.inject({ url: '/api/ledger/accounts.csv' });
  expect(accounts.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(accounts.body).toContain('\uFEFF科目,余额方向,借方累计（元）');
  expect(accounts.body).toContain(`${bills},借,254.70,200.00,54.70\r\n`);
  const transfers = await app.inject({ url: `/api/ledger/transfers.csv?account=${bills}` });
  expect(transfers.body.trim().split('\r\n')).toHaveLength(3);
});
