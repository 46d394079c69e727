import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type CheckoutWorld,
  checkoutWorld,
  freshKey,
  openOf,
  pay,
} from '../../../test/checkout-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { checkInvariants } from '../../../test/payment-invariants.ts';
import {
  balanceFenOf,
  givenBalance,
  givenPrepaymentSetting,
} from '../../../test/prepayment-builders.ts';

let system: TestSystem;
let checkout: CheckoutWorld;
beforeAll(async () => {
  system = await givenSystem();
});
afterAll(() => system.close());
beforeEach(async () => {
  checkout = await checkoutWorld(system);
});

const bills = (...amountsFen: number[]) => checkout.world.bills(...amountsFen);
const quiet = () => checkInvariants(checkout.world, checkout.world.channel);

describe('paying ahead', () => {
  test('adds to the balance once, however often the news comes', async () => {
    const home = await bills(100_00);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const topUp = { unitId: home.unitId, amountFen: 300_00 };
    const plan = (await who.post('/api/resident/plans', { topUp, surface: 'wechat' })).json();
    expect(plan.warnings).toHaveLength(1); // Bills are open.
    await who.post('/api/resident/payments', pay({ topUp, amountFen: 300_00 }));
    await checkout.collect();
    const [trade] = checkout.world.channel.trades();
    if (!trade) throw new Error('nothing was collected');
    expect(await balanceFenOf(system, home.unitId, checkout.world.companyId)).toBe(300_00);
    const { items } = (
      await who.get(`/api/resident/homes/${home.unitId}/prepayment/movements`)
    ).json();
    expect(items).toMatchObject([{ kind: 'top-up', amountFen: 300_00, text: { zh: '预存充值' } }]);
    const { items: entries } = (await who.get('/api/resident/history')).json();
    expect(entries).toMatchObject([{ kind: 'top-up', amountFen: 300_00, title: { zh: '预存' } }]);
    await quiet();
  });

  test('tapped twenty times at once is one order', async () => {
    const home = await bills(100_00);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const topUp = { unitId: home.unitId, amountFen: 300_00 };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        who.post('/api/resident/payments', pay({ topUp, amountFen: 300_00 })),
      ),
    );
    const ids = answers.map((answer) => answer.json().paymentId);
    expect(new Set(ids).size).toBe(1);
    expect(checkout.world.channel.orders.size).toBe(1);
  });

  test('pays bills with one tap, in part too, and never more than it has', async () => {
    const { companyId } = checkout.world;
    const home = await bills(100_00, 80_00);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    await givenBalance(system, { unitId: home.unitId, amountFen: 150_00, companyId });
    const [first, second] = home.bills.map(({ id }) => id);
    const url = `/api/resident/homes/${home.unitId}/prepayment/uses`;
    const use = (items: object[], amountFen: number) =>
      who.post(url, { items, amountFen, idempotencyKey: freshKey() });
    const tooMuch = await use([{ billId: first }, { billId: second }], 180_00);
    expect(tooMuch.json()).toMatchObject({ error: { code: 'PREPAYMENT_TOO_SMALL' } });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        use([{ billId: first }, { billId: second, amountFen: 50_00 }], 150_00),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
    expect(await openOf(who)).toEqual([[30_00]]);
    expect(await balanceFenOf(system, home.unitId, companyId)).toBe(0);
    const { items } = (await who.get('/api/resident/history')).json();
    expect(items).toMatchObject([{ kind: 'balance', amountFen: 150_00, way: { zh: '预存余额' } }]);
    await quiet();
  });

  test('takes bills over from a payment in progress, which then collects nothing', async () => {
    const { companyId } = checkout.world;
    const home = await bills(100_00);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    await givenBalance(system, { unitId: home.unitId, amountFen: 100_00, companyId });
    const items = home.bills.map(({ id }) => ({ billId: id }));
    await who.post('/api/resident/payments', pay({ items, amountFen: 100_00 }));
    const url = `/api/resident/homes/${home.unitId}/prepayment/uses`;
    const used = await who.post(url, { items, amountFen: 100_00, idempotencyKey: freshKey() });
    expect(used.json()).toEqual({ usedFen: 100_00, balanceFen: 0 });
    expect([...checkout.world.channel.orders.values()].map(({ state }) => state)).toEqual([
      'closed',
    ]);
    await quiet();
  });

  test('warns at the ceiling that the company wrote down, and refuses nothing', async () => {
    const { companyId } = checkout.world;
    const home = await bills(100_00);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const ceiling = { months: 12, source: '杭州市物业管理条例' };
    await givenPrepaymentSetting(system, { ceiling }, companyId);
    const warned = async (amountFen: number) => {
      const topUp = { unitId: home.unitId, amountFen };
      const plan = await who.post('/api/resident/plans', { topUp, surface: 'wechat' });
      const { warnings }: { warnings: { zh: string }[] } = plan.json();
      return warnings.filter(({ zh }) => zh.includes('杭州')).length;
    };
    expect([await warned(1200_00), await warned(1200_01)]).toEqual([0, 1]);
    const options = (await who.get(`/api/resident/homes/${home.unitId}/prepayment`)).json();
    expect(options).toMatchObject({ monthlyFen: 100_00, ceiling: { amountFen: 1200_00 } });
  });
});
