import { type Case, must, sees } from '../case.ts';
import type { Stand } from '../stand.ts';

/** A bill is paid, and part of it goes back by the way it came, whatever the first answer says. */
async function givesBack(stand: Stand, fault?: string) {
  await stand.quieten();
  const home = await stand.home();
  const payment = await stand.start(home);
  await stand.ear.after(() => stand.pay(payment, 'paid'));
  const before = await stand.books();
  if (fault) await stand.arm('refund', fault);
  const state = await stand.refund(home, payment, 54_70);
  for (const ms of [60_000, 120_000, 600_000]) await stand.sweep(ms);
  must((await state()) === 'refunded', 'the refund is found done', await state());
  const { refundedFen } = await stand.atChannel(payment);
  must(refundedFen === 54_70, 'the channel gave back once', refundedFen);
  const after = await stand.books();
  must(before.collectedFen - after.collectedFen === 54_70, 'our books hold less, once', {
    before,
    after,
  });
  must((await stand.openFen(home)) === 54_70, 'the bill is owed again', await stand.openFen(home));
}

export const moneyCases: readonly Case[] = [
  {
    id: 'money.never-told',
    promise: 'money that nobody tells us of is found by asking, and settles the bill',
    async run(stand) {
      await stand.quieten();
      const home = await stand.home();
      const payment = await stand.start(home);
      const before = await stand.books();
      await stand.pay(payment);
      await stand.sweep();
      const after = await stand.books();
      must((await stand.openFen(home)) === 0, 'the bill is settled');
      must(after.collectedFen - before.collectedFen === 254_70, 'it is booked once');
    },
  },
  {
    id: 'money.unknown-prepay',
    promise: 'a payment whose order got no answer ends paid or free, never both',
    async run(stand) {
      await stand.quieten();
      const home = await stand.home();
      await stand.arm('prepay', 'timeout-after');
      const payment = await stand.start(home);
      must(
        (await stand.stateOf(payment)) === 'processing' ||
          (await stand.stateOf(payment)) === 'open',
        'the payer is told to wait',
      );
      const before = await stand.books();
      const isPaid = await stand.pay(payment).then(
        () => true,
        () => false,
      );
      await stand.sweep();
      const after = await stand.books();
      const paidFen = isPaid ? 254_70 : 0;
      must(after.collectedFen - before.collectedFen === paidFen, 'the books follow the channel');
      must((await stand.openFen(home)) === 254_70 - paidFen, 'the bill follows the books');
    },
  },
  {
    id: 'money.unknown-order',
    promise: 'money for an order that we never made lies in suspense with a case',
    async run(stand) {
      await stand.placed(); // The channel learns where to send notices to.
      const before = await stand.books();
      await stand.ear.after(() =>
        stand.control('POST', `${stand.driver.channel}/unknown-order`, {
          mchid: stand.account.mchId,
          outTradeNo: stand.newNo(),
          totalFen: 88_00,
        }),
      );
      const after = await stand.books();
      must(
        after.suspenseFen - before.suspenseFen === 88_00 &&
          after.collectedFen - before.collectedFen === 88_00,
        'the money lies in suspense',
        { before, after },
      );
    },
  },
  {
    id: 'money.paid-twice',
    promise: 'a bill that two people paid is settled once; the second sum goes back whole',
    async run(stand) {
      await stand.quieten();
      const home = await stand.home();
      const first = await stand.start(home, 'husband');
      await stand.pay(first, 'paid-after-close');
      const before = await stand.books();
      await stand.ear.after(() => stand.sweep(7 * 60_000));
      await stand.sweep();
      const second = (await stand.openFen(home)) > 0 ? await stand.start(home, 'wife') : undefined;
      if (second) await stand.ear.after(() => stand.pay(second, 'paid'));
      const after = await stand.books();
      must((await stand.openFen(home)) === 0, 'the bill is settled');
      const surplusFen = second ? 254_70 : 0;
      must(
        after.suspenseFen - before.suspenseFen === surplusFen,
        'the second sum lies in suspense',
        { before, after },
      );
      if (!second) return;
      const order = await stand.order({ orderNo: first.orderNo });
      const refund = await stand.refundOf(order, 254_70);
      await refund.send();
      sees(await refund.end(), { state: 'refunded' }, 'the surplus goes back');
      const kept = await stand.atChannel(second);
      must(kept.refundedFen === 0 && kept.state === 'paid', 'the other payment stays', kept);
    },
  },
  {
    id: 'money.refund',
    promise: 'a refund that two people agreed to goes back once, and the bill is owed again',
    notOffered: ({ description }) =>
      description.partialRefunds ? undefined : 'refunds of the whole only',
    run: (stand) => givesBack(stand),
  },
  ...(['timeout-after', 'timeout-before', 'bad-signature'] as const).map(
    (fault): Case => ({
      id: `money.refund-${fault}`,
      promise: 'a refund without a believable answer is asked about, and goes back once',
      notOffered: ({ description }) =>
        description.partialRefunds ? undefined : 'refunds of the whole only',
      run: (stand) => givesBack(stand, fault),
    }),
  ),
];
