import { type Case, isOneOf, must, sees } from '../case.ts';
import type { Stand } from '../stand.ts';

type Refund = Awaited<ReturnType<Stand['refundOf']>>;

/** Taken now or done at once; what is done at once is told with its own sum. */
async function taken({ send, refundNo }: Refund, amountFen: number): Promise<void> {
  const sent = await send();
  isOneOf(sent, ['accepted', 'refunded'], 'the refund is taken');
  if (sent.state === 'accepted') return;
  sees(sent, { refund: { refundNo, amountFen } }, 'the answer tells the sum of this refund');
}

export const refundCases: readonly Case[] = [
  {
    id: 'refund.whole',
    promise: 'the whole sum goes back, and the order is still found paid',
    async run(stand) {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 254_70);
      await taken(refund, 254_70);
      const { refundNo } = refund;
      sees(
        await refund.end(),
        { state: 'refunded', refund: { orderNo: order.orderNo, refundNo, amountFen: 254_70 } },
        'it is found with numbers and sum',
      );
      must((await stand.atChannel(order)).refundedFen === 254_70, 'the channel gave it back');
      sees(await stand.query(order), { state: 'paid' }, 'a refunded trade is still paid');
    },
  },
  {
    id: 'refund.parts',
    promise: 'three parts go back one by one, each told with its own sum',
    notOffered: ({ description }) =>
      description.partialRefunds ? undefined : 'refunds of the whole only',
    async run(stand) {
      const order = await stand.paid();
      for (const [amountFen, sumFen] of [
        [54_70, 54_70],
        [1, 54_71],
        [199_99, 254_70],
      ] as const) {
        const refund = await stand.refundOf(order, amountFen);
        await taken(refund, amountFen);
        sees(
          await refund.end(),
          { state: 'refunded', refund: { refundNo: refund.refundNo, amountFen } },
          'each part is told with its own sum, never with the total',
        );
        must((await stand.atChannel(order)).refundedFen === sumFen, 'the channel adds them up');
      }
    },
  },
  {
    id: 'refund.too-much',
    promise: 'parts that come to more than was paid are refused, and nothing moves',
    async run(stand) {
      const order = await stand.paid();
      const first = await stand.refundOf(order, 54_70);
      await first.send();
      await first.end();
      const tooMuch = await stand.refundOf(order, 254_70);
      sees(await tooMuch.send(), { state: 'refused' }, 'more than is left is refused');
      isOneOf(await tooMuch.ask(), ['not-found', 'failed'], 'the refused number moved nothing');
      must((await stand.atChannel(order)).refundedFen === 54_70, 'the channel gave back no more');
    },
  },
  {
    id: 'refund.same-number',
    promise: 'the same number again is the same refund',
    async run(stand) {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 54_70);
      await refund.send();
      isOneOf(await refund.send(), ['accepted', 'refunded'], 'the repeat is taken');
      await refund.end();
      isOneOf(await refund.send(), ['accepted', 'refunded'], 'so is one after its end');
      must((await stand.atChannel(order)).refundedFen === 54_70, 'the channel gave back once');
    },
  },
  {
    id: 'refund.refused',
    promise: 'a balance that is too small is a clear no; the same number is good later',
    async run(stand) {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 54_70);
      await stand.arm('refund', 'refund-refused');
      const refusal = await refund.send();
      sees(refusal, { state: 'refused' }, 'it is refused with a code');
      must('code' in refusal && refusal.code !== '', 'the refusal names its code', refusal);
      isOneOf(await refund.send(), ['accepted', 'refunded'], 'the same number is taken later');
      sees(await refund.end(), { state: 'refunded' }, 'and goes back');
      must((await stand.atChannel(order)).refundedFen === 54_70, 'the channel gave back once');
    },
  },
  {
    id: 'refund.pending',
    promise: 'a refund that takes its time is pending until it is done',
    async run(stand) {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 54_70);
      await stand.arm('refund', 'refund-pending');
      sees(await refund.send(), { state: 'accepted' }, 'it is accepted, not refunded');
      isOneOf(await refund.ask(), ['pending', 'not-found'], 'it is not done');
      await stand.control('POST', `${stand.driver.channel}/refunds/${refund.refundNo}/finish`, {
        outcome: 'refunded',
      });
      sees(await refund.ask(), { state: 'refunded' }, 'it is done once the channel says so');
    },
  },
  {
    id: 'refund.fails-later',
    promise: 'an accepted refund that fails is not taken for money that went back',
    async run(stand) {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 54_70);
      await stand.arm('refund', 'refund-fails-later');
      isOneOf(await refund.send(), ['accepted', 'unknown'], 'it is accepted, not refunded');
      isOneOf(await refund.end(), ['failed', 'not-found'], 'it is found failed');
      must((await stand.atChannel(order)).refundedFen === 0, 'the channel gave back nothing');
    },
  },
  {
    id: 'refund.unknown-number',
    promise: 'a refund number that was never sent is not found',
    async run(stand) {
      const refund = await stand.refundOf(await stand.paid(), 1_00);
      sees(await refund.ask(), { state: 'not-found' }, 'the query says not-found');
    },
  },
  {
    id: 'refund.notice',
    promise: 'a refund that is done is heard of, and taken for no payment',
    notOffered: ({ driver }) =>
      driver.refundNotices ? undefined : 'the channel tells of no refunds',
    async run(stand) {
      const home = await stand.home();
      const payment = await stand.start(home);
      await stand.ear.after(() => stand.pay(payment, 'paid'));
      const order = await stand.order({ orderNo: payment.orderNo });
      const before = await stand.books();
      const refund = await stand.refundOf(order, 54_70);
      const [heard] = await stand.ear.after(async () => {
        await refund.send();
        await refund.end();
      });
      const { accepted } = stand.channel.noticeAnswers;
      must(
        heard?.status === accepted.status || heard?.status === 200,
        'it is answered in the words of the channel',
        heard,
      );
      const after = await stand.books();
      must(after.collectedFen <= before.collectedFen, 'no money is booked as collected', after);
    },
  },
];
