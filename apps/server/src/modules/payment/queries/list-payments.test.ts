import { afterAll, expect, test } from 'vitest';
import { givenSystem } from '../../../../test/harness.ts';
import { paymentWorld } from '../../../../test/payment-builders.ts';
import { startPayment } from '../index.ts';
import { listPayments } from './list-payments.ts';

// Half past midnight in Shanghai: still the day before in UTC.
const system = await givenSystem({ at: '2026-11-23T16:30:00Z' });
afterAll(() => system.close());
const world = await paymentWorld(system);
const between = (from: string, to: string) =>
  system.deps.db.read(world.companyId, (tx) => listPayments(tx, { from, to }));

test('the day is the company’s: half past midnight belongs to the new day', async () => {
  const { paymentId } = await startPayment(world.deps, world.wish(await world.bills(120_00)));
  const ofDay = async (day: string) => (await between(day, day)).items.map(({ id }) => id);
  expect(await ofDay('2026-11-23')).toEqual([]);
  expect(await ofDay('2026-11-24')).toEqual([paymentId]);
});

test('a day that no calendar has is named, not answered as our failure', async () => {
  await expect(between('2026-02-31', '2026-03-31')).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    problems: [{ field: 'from' }],
  });
});
