import type { Product } from '../../../apps/server/src/modules/channels/index.ts';
import { type Case, isOneOf, must, sees } from '../case.ts';

const withoutPayer: readonly Product[] = ['jsapi', 'mini-program', 'native', 'h5', 'page', 'app'];

const products = withoutPayer.map(
  (product): Case => ({
    id: `product.${product}`,
    promise: 'an order is placed, paid by the payer, and found paid with number, sum and merchant',
    notOffered: ({ description }) =>
      description.products.includes(product) ? undefined : `no product ${product}`,
    async run(stand) {
      const order = await stand.placed({ product });
      isOneOf(
        await stand.query(order),
        ['pending', 'not-found'],
        'an order that nobody paid is not paid',
      );
      await stand.pay(order);
      const { tradeNo } = await stand.atChannel(order);
      const { orderNo, amountFen } = order;
      sees(
        await stand.query(order),
        {
          state: 'paid',
          trade: { orderNo, amountFen, tradeNo, currency: 'CNY', mchId: stand.account.mchId },
        },
        'the paid order is found with its number, sum and merchant',
      );
    },
  }),
);

const amounts = ([1, 99_999_999_99] as const).map(
  (amountFen): Case => ({
    id: `amount.${amountFen}`,
    promise: `${amountFen} fen are asked for, collected and found to the fen`,
    async run(stand) {
      const order = await stand.paid({ amountFen });
      must(
        (await stand.atChannel(order)).totalFen === amountFen,
        'the payer was asked for the very sum',
      );
      sees(
        await stand.query(order),
        { state: 'paid', trade: { amountFen } },
        'the query tells the very sum',
      );
    },
  }),
);

export const orderCases: readonly Case[] = [
  ...products,
  ...amounts,
  {
    id: 'order.repeat',
    promise: 'the same order placed again is the same order, and is paid once',
    async run(stand) {
      const order = await stand.order();
      const first = await stand.prepay(order);
      sees(first, { state: 'accepted' }, 'the order is accepted');
      const again = await stand.prepay(order);
      isOneOf(again, ['accepted', 'refused', 'unknown'], 'a repeat is accepted or not believed');
      await stand.open(again.state === 'accepted' ? again : first);
      const before = await stand.book();
      await stand.pay(order);
      await stand.pay(order).catch(() => undefined); // A second payer is turned away.
      const after = await stand.book();
      must(after.count - before.count === 1, 'the channel collected once', { before, after });
      sees(await stand.query(order), { state: 'paid' }, 'the order is found paid');
    },
  },
  {
    id: 'order.other-content',
    promise: 'another sum under the same number is never reported as the one that was paid',
    async run(stand) {
      const order = await stand.placed();
      const other = await stand.prepay({ ...order, amountFen: 1_00 as typeof order.amountFen });
      if (other.state === 'accepted') await stand.open(other);
      await stand.pay(order);
      const { totalFen } = await stand.atChannel(order);
      sees(
        await stand.query(order),
        { state: 'paid', trade: { amountFen: totalFen } },
        'the query tells the sum that the channel collected',
      );
    },
  },
  {
    id: 'order.past',
    promise: 'an order whose time is over is refused with a code, or cannot be paid',
    async run(stand) {
      const requestedAt = new Date(stand.system.clock.now().getTime() - 3_600_000);
      const expiresAt = new Date(requestedAt.getTime() + 60_000);
      const order = await stand.order({ requestedAt, expiresAt });
      const result = await stand.prepay(order);
      if (result.state !== 'accepted') {
        isOneOf(result, ['refused', 'unknown'], 'an order of the past is refused');
        return;
      }
      await stand.open(result);
      const paid = await stand.pay(order).then(
        () => true,
        () => false,
      );
      must(!paid, 'an order of the past cannot be paid');
    },
  },
  {
    id: 'order.unknown-number',
    promise: 'a number that was never placed is not found, and never paid or closed',
    async run(stand) {
      sees(
        await stand.query(await stand.order()),
        { state: 'not-found' },
        'the query says not-found',
      );
    },
  },
  {
    id: 'order.expires',
    promise: 'an order that nobody paid cannot be paid once its time is over',
    async run(stand) {
      const expiresAt = new Date(stand.system.clock.now().getTime() + 5 * 60_000);
      const order = await stand.placed({ expiresAt });
      await stand.advance(7 * 60_000);
      isOneOf(
        await stand.query(order),
        ['closed', 'not-found', 'pending'],
        'it is not found paid after its time',
      );
      const isPaid = await stand.pay(order).then(
        () => true,
        () => false,
      );
      must(!isPaid, 'the payer is turned away after the time of the order');
    },
  },
];
