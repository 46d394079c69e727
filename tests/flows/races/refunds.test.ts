import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  approveRefund,
  approveSettlement,
  checkRefund,
  paymentTasks,
  payOutRefund,
  proposeSettlement,
  requestCaseRefund,
  requestRefund,
  startPayment,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { perform } from '../property/play.ts';
import type { Step } from '../property/steps.ts';
import { givenPropertySystem } from '../property/system.ts';
import { counted, givenRace, many, type Race, times, together } from './scene.ts';

/** Money on its way back, and everybody at once: nothing goes back twice, nothing is lost. */
const system = await givenPropertySystem();
let race: Race;
beforeEach(async () => {
  race = await givenRace(system);
});
afterAll(() => system.close());

const play = async (step: Step) => await perform(await race.stage(), step);
const paying: Step = { kind: 'pay', order: 0, change: 'none' };
const notifying: Step = { kind: 'notify', notice: 0, times: 1, isLie: false };

/** All bills paid by WeChat Pay, and the order that did it. */
async function paid(): Promise<string> {
  await play({ kind: 'open', who: 0, wallet: 0, bills: 15, product: 'native' });
  await play(paying);
  await play(notifying);
  const { payments } = await race.look();
  return payments[0]?.id ?? '';
}

const ask = async (paymentId: string, amountFen: number, key: string) =>
  await requestRefund(race.process, {
    actor: race.world.maker,
    paymentId,
    lines: [{ billId: race.company.bills[0]?.id ?? '', amountFen }],
    billEffect: 'reopen',
    reason: '多收',
    idempotencyKey: key,
  });

const approve = async (refundId: string, amountFen: number) =>
  await approveRefund(race.process, { actor: race.world.checker, refundId, amountFen });

async function sweep(): Promise<void> {
  for (const task of paymentTasks(race.process)) await task.run();
}

const tellAll = () => race.notices();

test('32 partial refunds asked for and approved at once: no more than was paid', async () => {
  const paymentId = await paid(); // The first bill is 120 yuan.
  const results = await together(
    times(many, async (index) => {
      const { refundId } = await ask(paymentId, 10_00, `part-${index}`);
      await approve(refundId, 10_00);
    }),
  );
  expect(results.filter((one) => one === 'done')).toHaveLength(12);
  expect(results.filter((one) => one === 'REFUND_TOO_MUCH')).toHaveLength(many - 12);
  expect(race.world.wallets['wechat-pay'].refundBook.refundedFen()).toBe(120_00);
  const { refunds } = await race.rest();
  expect(counted(refunds, 'refunded')).toBe(12);
});

test('32 approvals of one refund: it is sent once and given back once', async () => {
  const paymentId = await paid();
  const { refundId } = await ask(paymentId, 50_00, 'once');
  const results = await together(times(many, () => approve(refundId, 50_00)));
  expect(results.filter((one) => one === 'done')).toHaveLength(1);
  const { refundAttempts } = await race.rest();
  expect(refundAttempts).toHaveLength(1);
  expect(race.world.wallets['wechat-pay'].refundBook.refundedFen()).toBe(50_00);
});

test('notice, query, sweep, duplicate, desk and takeover while a refund goes out', async () => {
  const paymentId = await paid();
  const wallet = race.world.wallets['wechat-pay'];
  wallet.refundBook.mood = 'later';
  const { refundId } = await ask(paymentId, 120_00, 'all');
  await approve(refundId, 120_00);
  wallet.pay([...wallet.orders.keys()][0] ?? '', { again: true });
  for (const refundNo of wallet.refundBook.refunds.keys()) wallet.refundBook.progress(refundNo);
  race.world.clock.advance(31_000);
  const [first] = race.company.bills;
  const wish = {
    companyId: race.company.companyId,
    unitId: race.company.unitId,
    billIds: [first?.id ?? ''],
    product: 'native',
    source: 'cashier',
  } as const;
  await together([
    ...tellAll(),
    ...tellAll(),
    ...tellAll(),
    ...times(6, () => checkRefund(race.process, { actor: race.world.maker, refundId })),
    ...times(4, sweep),
    ...times(7, (index) =>
      startPayment(race.process, {
        ...wish,
        payer: { channel: 'alipay', openId: `o-${index}`, key: `alipay:${index}` },
      }),
    ),
    ...times(6, (index) =>
      takeDeskPayment(race.process, {
        actor: race.world.maker,
        unitId: race.company.unitId,
        billIds: wish.billIds,
        method: 'cash',
        amountFen: first?.amountFen ?? 0,
        idempotencyKey: `desk-${index}`,
      }),
    ),
  ]);
  const { refunds, cases } = await race.rest();
  expect(refunds).toMatchObject([{ state: 'refunded' }]);
  expect(cases).toMatchObject([{ reason: 'second-payment' }]);
  expect(wallet.refundBook.refundedFen()).toBe(120_00);
});

test('an order is paid late, closed, refunded by policy and told again, all at once', async () => {
  await play({ kind: 'open', who: 0, wallet: 0, bills: 15, product: 'native' });
  race.world.clock.advance(301_000);
  await sweep();
  await play(paying); // After the close.
  await together([...times(8, () => tellAll()[0]?.() ?? Promise.resolve()), ...times(8, sweep)]);
  const { cases } = await race.look();
  expect(cases).toMatchObject([{ reason: 'closed-payment', state: 'open' }]);
  const back = async (index: number) =>
    await requestCaseRefund(race.process, {
      actor: race.world.maker,
      caseId: cases[0]?.id ?? '',
      reason: '迟到',
      idempotencyKey: `late-${index}`,
    });
  const results = await together([...times(24, back), ...times(7, sweep)]);
  expect(results.filter((one) => one === 'CASE_NOT_FREE')).toHaveLength(23);
  const { refunds } = await race.look();
  const amountFen = refunds[0]?.amount ?? 0;
  await together(times(many, () => approve(refunds[0]?.id ?? '', amountFen)));
  const rest = await race.rest();
  expect(rest.cases).toMatchObject([{ state: 'resolved' }]);
  expect(race.world.wallets['wechat-pay'].refundBook.refundedFen()).toBe(amountFen);
});

test('32 approvals of one settlement beside the sweep: one payment settles the bill', async () => {
  await play({ kind: 'pay-unknown', wallet: 0 });
  await play(notifying);
  const { cases } = await race.look();
  const bill = race.company.bills[1];
  const lines = [{ billId: bill?.id ?? '', amountFen: 5_00 }];
  const { settlementId } = await proposeSettlement(race.process, {
    actor: race.world.maker,
    caseId: cases[0]?.id ?? '',
    unitId: race.company.unitId,
    lines,
    note: '抵缴',
    idempotencyKey: 'settle-once',
  });
  const decide = { actor: race.world.checker, settlementId };
  const results = await together([
    ...times(many, () => approveSettlement(race.process, decide)),
    ...times(4, sweep),
  ]);
  expect(results.filter((one) => one === 'done')).toHaveLength(1 + 4);
  const { payments, settlements } = await race.rest();
  expect(settlements).toMatchObject([{ state: 'settled' }]);
  expect(payments).toMatchObject([{ source: 'suspense', state: 'paid', amount: 5_00 }]);
});

test('32 clerks pay one refund out with one voucher: the drawer is opened once', async () => {
  await play({ kind: 'desk', bills: 1, method: 'cash', key: 0 });
  const { payments } = await race.look();
  const { refundId } = await ask(payments[0]?.id ?? '', 120_00, 'cash-back');
  await approve(refundId, 120_00);
  const payout = { voucherNo: 'V-1', payeeName: '业主', note: '' };
  const command = { actor: race.world.maker, refundId, ...payout };
  const results = await together(times(many, () => payOutRefund(race.process, command)));
  expect(results.filter((one) => one === 'done')).toHaveLength(1);
  const { refunds, transfers } = await race.rest();
  expect(refunds).toMatchObject([{ state: 'refunded' }]);
  expect(transfers.filter(({ credit }) => credit.startsWith('cash:'))).toHaveLength(1);
});
