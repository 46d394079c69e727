import type { CheckoutHistoryEntry, CheckoutPaymentDetail, OpenBills } from '@wuye-pay/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { givenBills } from '../../../test/billing-builders.ts';
import {
  type CheckoutWorld,
  checkoutWorld,
  openOf,
  pay,
  way,
} from '../../../test/checkout-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { checkInvariants } from '../../../test/payment-invariants.ts';
import { givenPrepaymentSetting } from '../../../test/prepayment-builders.ts';

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

describe('paying', () => {
  test('two homes in one payment: both bills are settled and each home tells of it', async () => {
    const [mine, parents] = [await bills(120_00), await bills(80_00, 30_00)];
    const who = await checkout.resident({ unitIds: [mine.unitId, parents.unitId] });
    const items = [...mine.bills, ...parents.bills].map(({ id }) => ({ billId: id }));
    const plan = (await who.post('/api/resident/plans', { items, surface: 'wechat' })).json();
    expect(plan).toMatchObject({
      amountFen: 230_00,
      ways: [{ way: way.way, loginUrl: null, payments: [{ amountFen: 230_00 }] }],
    });
    const started = await who.post('/api/resident/payments', pay({ items, amountFen: 230_00 }));
    expect(started.statusCode).toBe(201);
    expect(started.json()).toMatchObject({ state: 'open', instructions: { kind: 'jsapi' } });
    await checkout.collect();
    expect(await openOf(who)).toEqual([[], []]);
    for (const unitId of [mine.unitId, parents.unitId]) {
      const { items: entries } = (await who.get(`/api/resident/history?unitId=${unitId}`)).json();
      expect(entries).toMatchObject([{ kind: 'payment', amountFen: 230_00, isMine: true }]);
      expect(entries[0].homes).toHaveLength(2);
    }
    await quiet();
  });

  test('somebody else of one of the homes sees the part of that home alone', async () => {
    const [mine, theirs] = [await bills(120_00), await bills(80_00)];
    const who = await checkout.resident({ unitIds: [mine.unitId, theirs.unitId] });
    const neighbour = await checkout.resident({ unitIds: [theirs.unitId] });
    const items = [...mine.bills, ...theirs.bills].map(({ id }) => ({ billId: id }));
    const { paymentId } = (
      await who.post('/api/resident/payments', pay({ items, amountFen: 200_00 }))
    ).json();
    expect((await neighbour.get(`/api/resident/payments/${paymentId}`)).statusCode).toBe(404);
    await checkout.collect();
    const { items: entries }: { items: CheckoutHistoryEntry[] } = (
      await neighbour.get('/api/resident/history')
    ).json();
    expect(entries).toMatchObject([{ amountFen: 80_00, isMine: false }]);
    const detail: CheckoutPaymentDetail = (
      await neighbour.get(`/api/resident/payments/${paymentId}`)
    ).json();
    expect(detail.lines.map(({ unitId }) => unitId)).toEqual([theirs.unitId]);
    expect(detail).toMatchObject({ amountFen: 80_00, steps: [], tradeNo: null });
  });

  test('a part of a bill leaves the rest open, to the fen, for whoever comes next', async () => {
    const home = await bills(100_01);
    const billId = home.bills[0]?.id ?? '';
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const part = { items: [{ billId, amountFen: 1 }], amountFen: 1 };
    await who.post('/api/resident/payments', pay(part));
    await checkout.collect();
    expect(await openOf(who)).toEqual([[100_00]]);
    const why = (await who.get(`/api/resident/bills/${billId}`)).json();
    expect(why).toMatchObject({ openFen: 100_00, paidFen: 1, waivedFen: 0, fromBalanceFen: 0 });
    const tooMuch = { items: [{ billId, amountFen: 100_01 }], amountFen: 100_01 };
    const refused = await who.post('/api/resident/payments', pay(tooMuch));
    expect(refused.json()).toMatchObject({ error: { code: 'PART_TOO_LARGE' } });
    await quiet();
  });

  test('32 taps with a part of the same bill open one order', async () => {
    const home = await bills(100_00);
    const items = [{ billId: home.bills[0]?.id ?? '', amountFen: 40_00 }];
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const answers = await Promise.all(
      Array.from({ length: 29 }, () =>
        who.post('/api/resident/payments', pay({ items, amountFen: 40_00 })),
      ),
    );
    expect(new Set(answers.map((answer) => answer.json().paymentId)).size).toBe(1);
    expect(checkout.world.channel.orders.size).toBe(1);
    await checkout.collect();
    expect(await openOf(who)).toEqual([[60_00]]);
    await quiet();
  });

  test('the same tap again after the money came gives the same payment, not another', async () => {
    const home = await bills(100_00);
    const items = home.bills.map(({ id }) => ({ billId: id }));
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const tap = pay({ items, amountFen: 100_00 });
    const { paymentId } = (await who.post('/api/resident/payments', tap)).json();
    await checkout.collect();
    const again = (await who.post('/api/resident/payments', tap)).json();
    expect(again).toMatchObject({ paymentId, state: 'paid' });
    expect(again.instructions).toBeUndefined();
    const other = await who.post('/api/resident/payments', { ...tap, amountFen: 99_99 });
    expect(other.json()).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await quiet();
  });

  test('bills of two merchant accounts are two payments, planned and refused as one', async () => {
    const home = await bills(100_00);
    const water = await givenBills(system, {
      companyId: checkout.world.companyId,
      unitId: home.unitId,
      amountsFen: [20_00],
      feeItemName: '代收水费',
      category: 'agency',
    });
    checkout.apart.add(water.bills[0]?.feeItemId ?? '');
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const items = [...home.bills, ...water.bills].map(({ id }) => ({ billId: id }));
    const plan = (await who.post('/api/resident/plans', { items, surface: 'wechat' })).json();
    expect(plan.ways[0].payments.map((one: { amountFen: number }) => one.amountFen)).toEqual([
      100_00, 20_00,
    ]);
    const refused = await who.post('/api/resident/payments', pay({ items, amountFen: 120_00 }));
    expect(refused.json()).toMatchObject({ error: { code: 'BILLS_OF_TWO_ACCOUNTS' } });
  });

  test('another amount than was shown, another’s home and a bill twice are refused', async () => {
    const [home, other] = [await bills(100_00), await bills(50_00)];
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const [mine, theirs] = [home, other].map(({ bills: own }) => ({ billId: own[0]?.id ?? '' }));
    const cases = [
      [{ items: [mine], amountFen: 99_99 }, 'DESK_AMOUNT_DIFFERS'],
      [{ items: [theirs], amountFen: 50_00 }, 'CART_CHANGED'],
      [{ items: [mine, mine], amountFen: 200_00 }, 'CART_WRONG'],
      [{ amountFen: 1_00 }, 'CART_WRONG'],
      [{ topUp: { unitId: other.unitId, amountFen: 5_00 }, amountFen: 5_00 }, 'HOME_NOT_BOUND'],
    ] as const;
    for (const [body, code] of cases) {
      const answer = await who.post('/api/resident/payments', pay(body));
      expect(answer.json()).toMatchObject({ error: { code } });
    }
    expect((await who.get(`/api/resident/bills/${theirs?.billId}`)).statusCode).toBe(409);
    expect(checkout.world.channel.orders.size).toBe(0);
  });

  test('a part is refused where the company takes whole bills', async () => {
    const home = await bills(100_00);
    await givenPrepaymentSetting(system, { allowsPart: false }, checkout.world.companyId);
    const who = await checkout.resident({ unitIds: [home.unitId] });
    const items = [{ billId: home.bills[0]?.id ?? '', amountFen: 40_00 }];
    const answer = await who.post('/api/resident/payments', pay({ items, amountFen: 40_00 }));
    expect(answer.json()).toMatchObject({ error: { code: 'PART_NOT_ALLOWED' } });
  });

  test('whoever pays for the parents sees what is open and their own payments', async () => {
    const home = await bills(100_00, 50_00);
    const owner = await checkout.resident({ unitIds: [home.unitId] });
    const child = await checkout.resident({ unitIds: [home.unitId], role: 'payer' });
    const [first, second] = home.bills.map(({ id }) => ({ billId: id }));
    await owner.post('/api/resident/payments', pay({ items: [first], amountFen: 100_00 }));
    await checkout.collect();
    const open: OpenBills = (await child.get('/api/resident/bills')).json();
    expect(open.homes).toMatchObject([{ role: 'payer', balance: null, openFen: 50_00 }]);
    expect((await child.get('/api/resident/history')).json().items).toEqual([]);
    await child.post('/api/resident/payments', pay({ items: [second], amountFen: 50_00 }));
    await checkout.collect();
    expect((await child.get('/api/resident/history')).json().items).toHaveLength(1);
    expect((await owner.get('/api/resident/history')).json().items).toHaveLength(2);
    const inside = await child.get(`/api/resident/homes/${home.unitId}/prepayment`);
    expect(inside.statusCode).toBe(403);
  });
});

test('a browser on a computer gets a page with a code, which only its payer may open', async () => {
  const home = await bills(100_00);
  const [who, stranger] = [
    await checkout.resident({ unitIds: [home.unitId] }),
    await checkout.resident(),
  ];
  const items = home.bills.map(({ id }) => ({ billId: id }));
  const started = await who.post(
    '/api/resident/payments',
    pay({ items, amountFen: 100_00, way: 'wechat-pay.native', surface: 'h5' }),
  );
  const { instructions } = started.json();
  expect(instructions).toMatchObject({ kind: 'go' });
  const page = await who.get(instructions.url);
  expect(page.body).toContain('<svg');
  expect((await stranger.get(instructions.url)).statusCode).toBe(404);
});

test('history goes on page by page, each entry once', async () => {
  const home = await bills(...Array.from({ length: 5 }, () => 10_00));
  const who = await checkout.resident({ unitIds: [home.unitId] });
  for (const { id } of home.bills) {
    system.clock.advance(1000);
    const body = pay({ items: [{ billId: id }], amountFen: 10_00 });
    await who.post('/api/resident/payments', body);
    await checkout.collect();
  }
  const seen: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const query: string = after === '' ? '' : `&after=${after}`;
    const page: { items: { id: string }[]; next: string | null } = (
      await who.get(`/api/resident/history?limit=2${query}`)
    ).json();
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});
