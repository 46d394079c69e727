import type { OpenBills } from '@wuye-pay/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Caller,
  type CheckoutWorld,
  checkoutWorld,
  openOf,
  pay,
} from '../../../test/checkout-builders.ts';
import { givenSystem, type TestSystem } from '../../../test/harness.ts';
import { checkInvariants } from '../../../test/payment-invariants.ts';
import { sql } from '../../platform/database/index.ts';
import { roomCodeOf } from '../estate/index.ts';

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
const codeOf = ({ unitId }: { unitId: string }, companyId = checkout.world.companyId) =>
  system.deps.db.transaction(companyId, (tx) => roomCodeOf(system.deps, tx, unitId));
const opened = async (who: Caller, code: string): Promise<OpenBills> =>
  (await who.get(`/api/resident/bills?code=${code}`)).json();
const refused = async (who: Caller, code: string) =>
  (await who.get(`/api/resident/bills?code=${code}`)).json().error.code;
const itemsOf = (home: { bills: readonly { id: string }[] }) =>
  home.bills.map(({ id }) => ({ billId: id }));

test('whoever scanned the code of a home pays for it, and has the proof afterwards', async () => {
  const home = await bills(120_00, 30_00);
  const visitor = await checkout.resident();
  const roomCode = await codeOf(home);
  expect(await opened(visitor, roomCode)).toMatchObject({
    opened: { unitId: home.unitId, isBound: false, roomCode },
    homes: [{ unitId: home.unitId, role: 'payer', balance: null, openFen: 150_00 }],
  });
  expect(await openOf(visitor)).toEqual([]);

  const items = itemsOf(home);
  const plan = await visitor.post('/api/resident/plans', { items, roomCode, surface: 'wechat' });
  expect(plan.json()).toMatchObject({ amountFen: 150_00, ways: [{}] });
  const started = await visitor.post(
    '/api/resident/payments',
    pay({ items, roomCode, amountFen: 150_00 }),
  );
  const { paymentId } = started.json();
  await checkout.collect();
  expect((await opened(visitor, roomCode)).homes).toMatchObject([{ openFen: 0, bills: [] }]);
  const { items: entries } = (await visitor.get('/api/resident/history')).json();
  expect(entries).toMatchObject([{ id: paymentId, amountFen: 150_00, isMine: true }]);
  expect((await visitor.get(`/api/resident/payments/${paymentId}`)).json()).toMatchObject({
    state: 'paid',
    isMine: true,
  });
  await checkInvariants(checkout.world, checkout.world.channel);
});

test('without the code, or with that of another home, the same bills cannot be paid', async () => {
  const [home, other] = [await bills(100_00), await bills(50_00)];
  const visitor = await checkout.resident();
  const items = itemsOf(home);
  const otherCode = await codeOf(other);
  for (const more of [{}, { roomCode: otherCode }]) {
    const answer = await visitor.post(
      '/api/resident/payments',
      pay({ items, amountFen: 100_00, ...more }),
    );
    expect(answer.json()).toMatchObject({ error: { code: 'CART_CHANGED' } });
  }
  expect(checkout.world.channel.orders.size).toBe(0);
});

test('a code shows what is to be paid, and nothing else of the home', async () => {
  const home = await bills(100_00);
  const owner = await checkout.resident({ unitIds: [home.unitId] });
  await owner.post('/api/resident/payments', pay({ items: itemsOf(home), amountFen: 100_00 }));
  await checkout.collect();
  const visitor = await checkout.resident();
  const roomCode = await codeOf(home);
  expect((await opened(visitor, roomCode)).homes).toMatchObject([{ bills: [], balance: null }]);
  expect((await visitor.get('/api/resident/history')).json().items).toEqual([]);
  const topUp = { unitId: home.unitId, amountFen: 5_00 };
  const ahead = await visitor.post(
    '/api/resident/payments',
    pay({ topUp, roomCode, amountFen: 5_00 }),
  );
  expect(ahead.json()).toMatchObject({ error: { code: 'HOME_NOT_BOUND' } });
  const [bill] = home.bills;
  expect((await visitor.get(`/api/resident/bills/${bill?.id}`)).statusCode).toBe(409);
});

test('who has access to the scanned home finds it first, beside their other homes', async () => {
  const [mine, parents] = [await bills(100_00), await bills(50_00)];
  const who = await checkout.resident({ unitIds: [mine.unitId, parents.unitId] });
  const open = await opened(who, await codeOf(parents));
  expect(open.opened).toMatchObject({ unitId: parents.unitId, isBound: true });
  expect(open.homes).toMatchObject([
    { unitId: parents.unitId, role: 'owner', balance: { balanceFen: 0 } },
    { unitId: mine.unitId },
  ]);
});

test('one payment takes one’s own bills and those of the scanned home', async () => {
  const [mine, scanned] = [await bills(100_00), await bills(50_00)];
  const who = await checkout.resident({ unitIds: [mine.unitId] });
  const roomCode = await codeOf(scanned);
  const items = [...itemsOf(mine), ...itemsOf(scanned)];
  await who.post('/api/resident/payments', pay({ items, roomCode, amountFen: 150_00 }));
  await checkout.collect();
  expect((await opened(who, roomCode)).openFen).toBe(0);
});

test('a code that was replaced, of another company or invented says so', async () => {
  const home = await bills(100_00);
  const visitor = await checkout.resident();
  const old = await codeOf(home);
  await system.deps.db.transaction(checkout.world.companyId, (tx) =>
    tx.run(sql`
      update estate.room_code set revoked_at = ${system.clock.now()}
      where company_id = ${tx.companyId} and unit_id = ${home.unitId}`),
  );
  expect(await refused(visitor, old)).toBe('ROOM_CODE_REPLACED');
  const roomCode = old;
  const answer = await visitor.post(
    '/api/resident/payments',
    pay({ items: itemsOf(home), roomCode, amountFen: 100_00 }),
  );
  expect(answer.json()).toMatchObject({ error: { code: 'ROOM_CODE_REPLACED' } });
  const elsewhere = await checkoutWorld(system);
  const stranger = await elsewhere.resident();
  const foreign = await codeOf(await elsewhere.world.bills(1_00), elsewhere.world.companyId);
  expect((await opened(stranger, foreign)).homes).toHaveLength(1);
  expect(await refused(visitor, foreign)).toBe('ROOM_CODE_UNKNOWN');
  expect(await refused(visitor, 'nosuchlinkofours23')).toBe('REMINDER_LINK_UNKNOWN');
});

test('whoever tries out codes is stopped, and others are not', async () => {
  const home = await bills(100_00);
  const [guesser, other] = [await checkout.resident(), await checkout.resident()];
  const code = await codeOf(home);
  for (let turn = 0; turn < 30; turn += 1) {
    expect(await refused(guesser, 'test-00000000000000000')).toBe('ROOM_CODE_UNKNOWN');
  }
  expect(await refused(guesser, code)).toBe('CODES_TOO_OFTEN');
  expect((await opened(other, code)).homes).toHaveLength(1);
});
