import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  paymentTasks,
  startPayment,
  takeCodePayment,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { checkPayment } from '../../../apps/server/src/modules/payment/use-cases/check-payment.ts';
import { givenPropertySystem } from '../property/system.ts';
import type { WalletName } from '../property/world.ts';
import { counted, givenRace, many, type Race, times, together } from './scene.ts';

/** Many callers at once over one order: it ends in one way, and every fen is where it belongs. */
const system = await givenPropertySystem();
let race: Race;
beforeEach(async () => {
  race = await givenRace(system);
});
afterAll(() => system.close());

/** The home's; the parking space has one of its own. */
const homeBills = () => race.company.bills.filter(({ unitId }) => unitId === race.company.unitId);

const start = async (channel: WalletName, who = 0, bills = homeBills()) =>
  await startPayment(race.process, {
    companyId: race.company.companyId,
    unitId: race.company.unitId,
    billIds: bills.map(({ id }) => id),
    payer: { channel, openId: `o-${who}`, key: `${channel}:${who}` },
    product: 'native',
    source: 'cashier',
  });

const owed = () => homeBills().reduce((all, { amountFen }) => all + amountFen, 0);

const payAtDesk = async (idempotencyKey: string, voucherNo?: string) =>
  await takeDeskPayment(race.process, {
    actor: race.world.maker,
    unitId: race.company.unitId,
    billIds: homeBills().map(({ id }) => id),
    method: voucherNo === undefined ? 'cash' : 'pos',
    voucherNo,
    amountFen: owed(),
    idempotencyKey,
  });

const ask = async (paymentId: string) =>
  await checkPayment(race.process, {
    companyId: race.company.companyId,
    paymentId,
    actor: '小何',
  });

async function sweep(): Promise<void> {
  for (const task of paymentTasks(race.process)) await task.run();
}

const ordersOf = (name: WalletName) => [...race.world.wallets[name].orders.keys()];

function payWhatCanBePaid(): void {
  for (const wallet of Object.values(race.world.wallets)) {
    for (const { orderNo, state } of wallet.orders.values()) {
      if (state === 'unpaid') wallet.pay(orderNo);
    }
  }
}

test('32 identical notifications settle once', async () => {
  await start('wechat-pay');
  race.world.wallets['wechat-pay'].pay(ordersOf('wechat-pay')[0] ?? '');
  const [tell] = race.notices();
  if (!tell) throw new Error('the wallet has nothing to tell');
  expect(new Set(await together(times(many, tell)))).toEqual(new Set(['done']));
  const { payments, keys, proofs } = await race.rest();
  expect(payments).toMatchObject([{ state: 'paid' }]);
  expect([keys.length, proofs.length]).toEqual([1, 1]);
});

test('notification, query, close, desk and takeover of an order that was just paid', async () => {
  const { paymentId } = await start('wechat-pay');
  const wallet = race.world.wallets['wechat-pay'];
  wallet.pay(ordersOf('wechat-pay')[0] ?? '');
  race.world.clock.advance(301_000); // Its time is over: whoever asks also closes.
  const [tell] = race.notices();
  if (!tell) throw new Error('the wallet has nothing to tell');
  const results = await together([
    ...times(8, tell),
    ...times(8, () => ask(paymentId)),
    ...times(4, sweep),
    ...times(6, (index) => payAtDesk(`desk-${index}`)),
    ...times(6, (index) => start('alipay', index)),
  ]);
  expect(results.filter((one) => one.startsWith('BILLS_'))).toHaveLength(12);
  const { payments, cases } = await race.rest();
  expect(payments).toMatchObject([{ id: paymentId, state: 'paid' }]);
  expect(cases).toEqual([]);
});

test('an order that nobody paid: sixteen clerks, sixteen payers; one is paid', async () => {
  await start('wechat-pay');
  await together([
    ...times(16, (index) => payAtDesk(`desk-${index}`)),
    ...times(12, (index) => start(index % 2 ? 'alipay' : 'wechat-pay', index % 4)),
    ...times(4, sweep),
  ]);
  payWhatCanBePaid();
  const { payments, bills } = await race.rest();
  expect(counted(payments, 'paid')).toBe(1);
  const ofHome = new Set(homeBills().map(({ id }) => id));
  const paid = bills.filter((bill) => bill.amount === bill.paid);
  expect(new Set(paid.map(({ id }) => id))).toEqual(ofHome);
});

describe('another wallet', () => {
  test('32 times in turn: each order is closed before the next, the last one is paid', async () => {
    for (let turn = 0; turn < many; turn += 1) {
      await start(turn % 2 ? 'alipay' : 'wechat-pay');
      race.world.clock.advance(150_000); // A payer may take over five times in ten minutes.
    }
    const { attempts, payments } = await race.look();
    expect(attempts).toHaveLength(many);
    expect([counted(payments, 'open'), counted(payments, 'closed')]).toEqual([1, many - 1]);
    race.world.wallets.alipay.pay(ordersOf('alipay').at(-1) ?? '');
    const rest = await race.rest();
    expect(counted(rest.payments, 'paid')).toBe(1);
    expect(rest.cases).toEqual([]);
  });

  test('32 at once from both wallets: at most one order can be paid, and one is', async () => {
    await together(times(many, (index) => start(index % 2 ? 'alipay' : 'wechat-pay', index)));
    const { payments } = await race.look();
    // All may have pushed each other out; then the next one has the bills to themselves.
    expect(counted(payments, 'open')).toBeLessThanOrEqual(1);
    await start('alipay', 99);
    payWhatCanBePaid();
    const rest = await race.rest();
    expect(counted(rest.payments, 'paid')).toBe(1);
    expect(rest.cases).toEqual([]);
  });

  test('both wallets collect, one too late: one settles, the other has a case', async () => {
    await start('wechat-pay');
    await start('alipay');
    const [first = ''] = ordersOf('wechat-pay');
    const [second = ''] = ordersOf('alipay');
    race.world.wallets['wechat-pay'].pay(first); // After it was closed there.
    race.world.wallets.alipay.pay(second);
    await together([...race.notices(), ...race.notices(), ...times(8, sweep), ...race.notices()]);
    const { payments, cases } = await race.rest();
    expect(counted(payments, 'paid')).toBe(1);
    expect(cases).toMatchObject([{ reason: 'closed-payment', amount: owed() }]);
  });
});

describe('32 clerks', () => {
  test('with one slip: it is taken once', async () => {
    const results = await together(times(many, (index) => payAtDesk(`desk-${index}`, 'POS-77')));
    expect(results.filter((one) => one === 'done')).toHaveLength(1);
    const { payments } = await race.rest();
    expect(payments).toMatchObject([{ state: 'paid', source: 'desk' }]);
  });

  test('with one slip for two homes: it is taken once', async () => {
    const other = await givenRace(system);
    const take = async (index: number) =>
      await takeDeskPayment(race.process, {
        actor: race.world.maker,
        unitId: race.company.unitId,
        billIds: [homeBills()[index % 4]?.id ?? ''],
        method: 'pos',
        voucherNo: 'POS-78',
        amountFen: homeBills()[index % 4]?.amountFen ?? 0,
        idempotencyKey: `desk-${index}`,
      });
    const results = await together(times(many, take));
    expect(results.filter((one) => one === 'done')).toHaveLength(1);
    expect(new Set(results)).toContain('VOUCHER_USED');
    await race.rest();
    await other.rest(); // Another company's slips are its own.
  });

  test('with one key: one payment, and the same answer for each', async () => {
    const answers = await Promise.all(
      times(many, () => payAtDesk('one-and-only')).map(async (call) =>
        JSON.stringify(await call()),
      ),
    );
    const ids = answers.map((answer) => (JSON.parse(answer) as { paymentId: string }).paymentId);
    expect(new Set(ids).size).toBe(1);
    const { payments } = await race.rest();
    expect(payments).toHaveLength(1);
  });

  test('with one code and one key: the code is sent once', async () => {
    const wish = {
      actor: race.world.maker,
      unitId: race.company.unitId,
      billIds: homeBills().map(({ id }) => id),
      amountFen: owed(),
      authCode: '134567890123456789',
      idempotencyKey: 'one-code-one-key',
    };
    const results = await together(times(many, () => takeCodePayment(race.process, wish)));
    expect(results.filter((one) => one === 'done').length).toBeGreaterThan(0);
    expect(ordersOf('wechat-pay')).toHaveLength(1);
    race.world.wallets['wechat-pay'].pay(ordersOf('wechat-pay')[0] ?? '');
    const { payments } = await race.rest();
    expect(payments).toMatchObject([{ state: 'paid', source: 'desk' }]);
  });
});
