import type { AssignmentView, FeeItemView, TariffView } from '@wuye-pay/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenUnit } from '../../../test/estate-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { createApp } from '../../platform/http/index.ts';
import { addChargingRoutes } from './routes.ts';

let system: TestSystem;
let app: FastifyInstance;
beforeAll(async () => {
  system = await givenSystem();
  app = await createApp({
    publicUrl: 'http://localhost',
    authenticate: () => Promise.resolve(system.staff),
  });
  addChargingRoutes(app, system.deps);
});
afterAll(async () => {
  await app.close();
  await system.close();
});

async function send<Answer>(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) {
  const response = await app.inject({ method, url, ...(body && { body }) });
  expect(response.statusCode, response.body).toBeLessThan(300);
  return response.json<Answer>();
}

test('an accountant sets up a fee, looks at an example, and lets a community pay it', async () => {
  const unit = await givenUnit(system, { community: '桂花苑' });
  const item = await send<FeeItemView>('POST', '/api/fee-items', { name: '物业费' });
  expect(item).toMatchObject({ category: 'income', priority: 100, assignedUnits: 0 });
  const terms = { basis: 'area', areaBasis: 'built', price: '2.85' };
  const example = { ...terms, areaM2: '89.37', month: '2026-11-01' };
  expect(await send('POST', '/api/tariffs/preview', example)).toMatchObject({ amountFen: 254_70 });
  const tariff = await send<TariffView>('POST', '/api/tariffs', {
    ...terms,
    feeItemId: item.id,
    name: '高层住宅',
    effectiveFrom: '2026-01-01',
  });
  expect(tariff).toMatchObject({ version: 1, dueDay: 25, isLatest: true });
  const assigning = {
    filter: { communityId: unit.communityId },
    feeItemId: item.id,
    tariffName: '高层住宅',
    fromOn: '2026-01-01',
  };
  const preview = await send('POST', '/api/assignments/preview', assigning);
  expect(preview).toMatchObject({ matched: 1, toAssign: 1 });
  expect(await send('POST', '/api/assignments', assigning)).toEqual({ assigned: 1, already: 0 });
  const renamed = await send<FeeItemView>('PATCH', `/api/fee-items/${item.id}`, {
    name: '物业服务费',
  });
  expect(renamed).toMatchObject({ name: '物业服务费', assignedUnits: 1 });
  const page = await send<{ items: AssignmentView[] }>(
    'GET',
    `/api/assignments?unitId=${unit.unitId}`,
  );
  expect(page.items).toMatchObject([{ unitLabel: unit.label, tariffName: '高层住宅' }]);
  const ended = await send<AssignmentView>('POST', `/api/assignments/${page.items[0]?.id}/end`, {
    toOn: '2026-12-31',
  });
  expect(ended.toOn).toBe('2026-12-31');
  const file = await app.inject('/api/assignments.csv');
  expect(file.body).toContain(`${unit.label},物业服务费,高层住宅,2026-01-01,2026-12-31`);
  const feeItems = await app.inject('/api/fee-items.csv?state=active');
  expect(feeItems.body).toContain('物业服务费,本公司收入,100,1,在用');
  const tariffs = await app.inject('/api/tariffs.csv?latest=true');
  expect(tariffs.body).toContain('物业服务费,高层住宅,1,2.85,0');
});

test('a category cannot be changed, and a price with seven decimals is refused', async () => {
  const item = await send<FeeItemView>('POST', '/api/fee-items', { name: '押金' });
  const change = { method: 'PATCH', url: `/api/fee-items/${item.id}` } as const;
  expect((await app.inject({ ...change, body: { category: 'deposit' } })).statusCode).toBe(400);
  const body = {
    feeItemId: item.id,
    name: '错',
    basis: 'fixed',
    price: '1.0000001',
    effectiveFrom: '2026-01-01',
  };
  expect((await app.inject({ method: 'POST', url: '/api/tariffs', body })).statusCode).toBe(400);
});
