import { type Case, isOneOf, must, sees } from '../case.ts';

const closes = ({ driver }: { driver: { unpaidOrders?: string } }) =>
  driver.unpaidOrders === 'expires' ? 'the protocol has no close' : undefined;

export const closingCases: readonly Case[] = [
  {
    id: 'close.unpaid',
    promise: 'an unpaid order is closed, found closed, and nobody can pay it any more',
    notOffered: closes,
    async run(stand) {
      const order = await stand.placed();
      sees(await stand.close(order), { state: 'closed' }, 'an unpaid order is closed');
      isOneOf(await stand.query(order), ['closed', 'not-found'], 'a closed order is not payable');
      const isPaid = await stand.pay(order).then(
        () => true,
        () => false,
      );
      must(!isPaid, 'the payer of a closed order is turned away');
    },
  },
  {
    id: 'close.expires',
    promise: 'without a close, an order stays open until its time is over, then is closed',
    notOffered: ({ driver }) =>
      driver.unpaidOrders === 'expires' ? undefined : 'orders are closed at once',
    async run(stand) {
      const expiresAt = new Date(stand.system.clock.now().getTime() + 5 * 60_000);
      const order = await stand.placed({ expiresAt });
      sees(await stand.close(order), { state: 'open' }, 'it says that it stays open');
      await stand.advance(7 * 60_000);
      sees(await stand.query(order), { state: 'closed' }, 'it is closed once its time is over');
      sees(await stand.close(order), { state: 'closed' }, 'and close says so');
    },
  },
  {
    id: 'close.again',
    promise: 'closing what is closed already says closed',
    notOffered: closes,
    async run(stand) {
      const order = await stand.placed();
      await stand.close(order);
      sees(await stand.close(order), { state: 'closed' }, 'the second close says closed');
    },
  },
  {
    id: 'close.paid',
    promise: 'a paid order is never closed: the answer says paid',
    async run(stand) {
      const order = await stand.paid();
      sees(await stand.close(order), { state: 'paid' }, 'close of a paid order says paid');
      sees(await stand.query(order), { state: 'paid' }, 'and it is still paid');
    },
  },
  {
    id: 'close.unknown-number',
    promise: 'closing a number that was never placed never says paid',
    async run(stand) {
      isOneOf(
        await stand.close(await stand.order()),
        ['not-found', 'closed', 'open'],
        'close of an unknown number says not-found, closed or open',
      );
    },
  },
  {
    id: 'close.payer-is-faster',
    promise: 'a payer who is faster than the close is found out',
    async run(stand) {
      const order = await stand.placed();
      await stand.arm(stand.driver.closeFaults?.close ?? 'close', 'paid-before-answer');
      isOneOf(await stand.close(order), ['paid', 'unknown'], 'close does not say closed');
      sees(await stand.query(order), { state: 'paid' }, 'the query finds the money');
    },
  },
  {
    id: 'close.paid-after',
    promise: 'money that comes for a closed order lies in suspense, and settles no bill',
    async run(stand) {
      await stand.quieten();
      const home = await stand.home();
      const first = await stand.start(home);
      const before = await stand.books();
      await stand.pay(first, 'paid-after-close');
      await stand.ear.after(() => stand.sweep(7 * 60_000));
      await stand.sweep();
      await stand.sweep();
      const after = await stand.books();
      const openFen = await stand.openFen(home);
      must(after.collectedFen - before.collectedFen === 254_70, 'the money is in the books once', {
        before,
        after,
      });
      const isSurplus = after.suspenseFen - before.suspenseFen === 254_70 && openFen === 254_70;
      const isSettled = after.suspenseFen === before.suspenseFen && openFen === 0;
      must(isSurplus || isSettled, 'it settled the bill or lies in suspense, not both', {
        before,
        after,
        openFen,
      });
    },
  },
];
