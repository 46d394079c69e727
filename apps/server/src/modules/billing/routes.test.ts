import type { BillView, RunDetail } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenAssigned, givenFee } from '../../../test/charging-builders.ts';
import { givenUnit, type UnitInTest } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { createApp } from '../../platform/http/index.ts';
import { newId } from '../../platform/id.ts';
import { addBillingRoutes } from './routes.ts';
import { settleBills } from './store/bill-store.ts';

let system: TestSystem;
let app: FastifyInstance;
let units: UnitInTest[] = [];
let october: RunDetail;

beforeAll(async () => {
  system = await givenSystem({ at: '2026-11-24T02:00:00Z' });
  app = await createApp({
    publicUrl: 'http://localhost',
    authenticate: () => Promise.resolve(system.staff),
  });
  addBillingRoutes(app, system.deps);
  units = [];
  for (const doorNo of ['101', '102', '201', '1001']) {
    units.push(await givenUnit(system, { community: '桂花苑', doorNo }));
  }
  const communityId = units[0]?.communityId ?? '';
  await givenAssigned(system, await givenFee(system, { name: '物业费' }), { communityId });
  const parking = await givenFee(system, {
    name: '车位费',
    terms: { basis: 'fixed', price: '80' },
  });
  await givenAssigned(system, parking, { communityId });
  october = await publishMonth('2026-10-01');
  await publishMonth('2026-12-01');
});
afterAll(async () => {
  await app.close();
  await system.close();
});

async function publishMonth(month: string): Promise<RunDetail> {
  const communityId = units[0]?.communityId;
  const drafted = await send<RunDetail>('POST', '/api/bill-runs', { communityId, month });
  return await send<RunDetail>('POST', `/api/bill-runs/${drafted.id}/publish`);
}

async function send<Answer>(method: 'GET' | 'POST', url: string, body?: object): Promise<Answer> {
  const response = await app.inject({ method, url, ...(body && { body }) });
  expect(response.statusCode, response.body).toBeLessThan(300);
  return response.json<Answer>();
}

type BillPage = { items: BillView[]; next: string | null };
const bills = (query: string) => send<BillPage>('GET', `/api/bills?${query}`);

describe('the list of bills', () => {
  test('is in the order of addresses, a unit’s newest first, page after page', async () => {
    const seen: BillView[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: BillPage = await bills(`limit=3${next && `&after=${next}`}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items);
      next = page.next;
    }
    const labels = [...new Set(seen.map((bill) => bill.unitLabel))];
    expect(labels).toEqual(units.map((unit) => unit.label));
    expect(new Set(seen.map((bill) => bill.id)).size).toBe(16);
    expect(seen.slice(0, 4).map((bill) => bill.month)).toEqual([
      '2026-12-01',
      '2026-12-01',
      '2026-10-01',
      '2026-10-01',
    ]);
  });

  test('knows open, overdue and settled', async () => {
    const [bill] = (await bills('month=2026-10-01')).items;
    await system.deps.db.transaction(system.companyId, (tx) =>
      settleBills(tx, {
        paymentId: newId(system.clock.now()),
        lines: [{ billId: bill?.id ?? '', amountFen: fen(bill?.amountFen ?? 0) }],
      }),
    );
    const count = async (state: string) => (await bills(`state=${state}&limit=100`)).items.length;
    expect([await count('open'), await count('overdue'), await count('settled')]).toEqual([
      15, 7, 1,
    ]);
    expect(await count('void')).toBe(0);
    const totals = await send('GET', '/api/bills/totals?month=2026-10-01');
    expect(totals).toEqual({
      billCount: 8,
      amountFen: 4 * (254_70 + 80_00),
      paidFen: bill?.amountFen,
      waivedFen: 0,
      openFen: 4 * (254_70 + 80_00) - (bill?.amountFen ?? 0),
    });
  });

  test('finds by door, by fee item and by unit; a percent sign is no wildcard', async () => {
    const found = async (query: string) => (await bills(query)).items.length;
    const [first] = (await bills('limit=1')).items;
    expect(await found('search=201')).toBe(4);
    expect(await found('search=%25')).toBe(0);
    expect(await found(`feeItemId=${first?.feeItemId}`)).toBe(8);
    expect(await found(`unitId=${first?.unitId}`)).toBe(4);
  });

  test('refuses a cursor that is not ours', async () => {
    const forged = Buffer.from('["x"]').toString('base64url');
    for (const after of ['zzz', forged]) {
      const response = await app.inject(`/api/bills?after=${after}`);
      expect(response.statusCode).toBe(400);
    }
  });

  test('leaves as a file that adds up in a spreadsheet', async () => {
    const response = await app.inject('/api/bills.csv?month=2026-10-01&search=101');
    const [head, ...lines] = response.body.trim().split('\r\n');
    expect(response.body.startsWith('\uFEFF')).toBe(true);
    expect(head).toContain('应收（元）');
    expect(lines).toHaveLength(2);
    expect(response.body).toContain('254.70');
    expect(response.body).toContain('89.37 ㎡ × 2.85 元/㎡·月 × 1 个月 = 254.70 元');
  });
});

describe('one bill', () => {
  test('tells its inputs, its tariff and when it was published', async () => {
    const [bill] = (await bills('search=201&month=2026-12-01')).items.filter(
      (item) => item.feeItemName === '物业费',
    );
    expect(await send('GET', `/api/bills/${bill?.id}`)).toMatchObject({
      areaM2: '89.37',
      price: '2.85',
      surcharge: '0',
      months: 1,
      tariffName: '标准',
      tariffVersion: 1,
      state: 'open',
      publishedAt: '2026-11-24T02:00:00.000Z',
      heldByPaymentId: null,
    });
  });
  test('of nobody answers 404', async () => {
    const response = await app.inject(`/api/bills/${newId(system.clock.now())}`);
    expect(response.statusCode).toBe(404);
  });
});

describe('the runs', () => {
  test('are listed newest month first and say what may be done', async () => {
    const { items } = await send<{ items: RunDetail[] }>('GET', '/api/bill-runs');
    expect(items.map((run) => run.month)).toEqual(['2026-12-01', '2026-10-01']);
    expect(items[0]?.allowedActions.map(({ action, allowed }) => [action, allowed])).toEqual([
      ['publish', false],
      ['discard', false],
      ['void', true],
    ]);
  });

  test('show their bills and, as a file, who was skipped', async () => {
    const page = await send<BillPage>('GET', `/api/bill-runs/${october.id}/bills?search=102`);
    expect(page.items).toHaveLength(2);
    const response = await app.inject(`/api/bill-runs/${october.id}/skipped.csv`);
    expect(response.body).toContain('未出账原因');
    const runs = await app.inject('/api/bill-runs.csv?state=published');
    expect(runs.body.trim().split('\r\n')).toHaveLength(3);
    expect(runs.body).toContain('桂花苑,2026-10,已发布,8,1338.80');
  });

  test('a month that is no first day, or an unknown field, is refused', async () => {
    const communityId = units[0]?.communityId;
    for (const body of [
      { communityId, month: '2026-11-02' },
      { communityId, month: '2026-11-01', force: true },
    ]) {
      const response = await app.inject({ method: 'POST', url: '/api/bill-runs', body });
      expect(response.statusCode).toBe(400);
    }
  });
});
