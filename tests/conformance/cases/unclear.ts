import { type Case, isOneOf, must, sees } from '../case.ts';

/** What goes wrong with an answer; “after” means that the call was carried out. */
const doubtful: readonly (readonly [fault: string, words: string])[] = [
  ['timeout-before', 'no answer, not carried out'],
  ['timeout-after', 'no answer, carried out'],
  ['server-error', '500, not carried out'],
  ['server-error-after', '500, carried out'],
  ['unavailable', '503'],
  ['rate-limited', 'too many requests'],
  ['connection-lost-before', 'the line was cut, not carried out'],
  ['connection-lost-after', 'the line was cut, carried out'],
  ['unparsable', 'an answer that cannot be read'],
  ['unsigned', 'an answer without a signature'],
  ['bad-signature', 'an answer with a wrong signature'],
  ['body-changed', 'an answer that was changed on its way'],
  ['old-timestamp', 'a stale answer'],
  ['unknown-serial', 'an answer under an unknown key'],
];

/** One prepay for each of them: the order is then found out about, placed again and paid. */
const prepays = doubtful.map(
  ([fault, words]): Case => ({
    id: `prepay.${fault}`,
    promise: `${words}: prepay is unknown, then resolved by query, and paid once`,
    async run(stand) {
      await stand.arm('prepay', fault);
      const order = await stand.order();
      sees(await stand.prepay(order), { state: 'unknown' }, 'prepay is unknown');
      isOneOf(
        await stand.query(order),
        ['pending', 'not-found'],
        'the query finds it unpaid, or not at all',
      );
      const again = await stand.prepay(order);
      if (again.state === 'accepted') await stand.open(again);
      // A channel that does not take a number twice holds the first one, so it can be paid.
      await stand.pay(order).catch((error: unknown) => {
        must(again.state !== 'accepted', 'the order that was placed again can be paid', error);
      });
      const found = await stand.query(order);
      if (again.state === 'accepted') {
        sees(found, { state: 'paid' }, 'the order is found paid');
        must(
          (await stand.atChannel(order)).totalFen === order.amountFen,
          'the channel has the sum',
        );
      }
    },
  }),
);

const others = (place: string, promise: string, run: (fault: string) => Case['run']): Case => ({
  id: `unclear.${place}`,
  promise,
  async run(stand) {
    for (const [fault] of doubtful) await run(fault)(stand);
  },
});

export const unclearCases: readonly Case[] = [
  ...prepays,
  others(
    'query',
    'whatever goes wrong with the answer of a query, nothing is taken for granted',
    (fault) => async (stand) => {
      const order = await stand.paid();
      await stand.arm('query', fault);
      sees(await stand.query(order), { state: 'unknown' }, `query after ${fault} is unknown`);
      sees(await stand.query(order), { state: 'paid' }, `the next query after ${fault} is clear`);
    },
  ),
  others(
    'close',
    'whatever goes wrong with the answer of a close, the order is not taken for closed',
    (fault) => async (stand) => {
      const order = await stand.placed();
      await stand.arm(stand.driver.closeFaults?.close ?? 'close', fault);
      const result = await stand.close(order);
      const isHarmless = stand.driver.harmlessAtClose?.includes(fault) ?? false;
      must(
        result.state === 'unknown' || (isHarmless && result.state === 'closed'),
        `close after ${fault} is unknown`,
        result,
      );
      await stand.control('DELETE', 'faults');
    },
  ),
  others(
    'refund',
    'a refund whose answer is unclear is sent again under its number, and moves money once',
    (fault) => async (stand) => {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 54_70);
      await stand.arm('refund', fault);
      sees(await refund.send(), { state: 'unknown' }, `refund after ${fault} is unknown`);
      isOneOf(
        await refund.send(),
        ['accepted', 'refunded'],
        `the same number after ${fault} is taken`,
      );
      sees(
        await refund.end(),
        { state: 'refunded', refund: { amountFen: 54_70, refundNo: refund.refundNo } },
        `the refund after ${fault} is found`,
      );
      const { refundedFen } = await stand.atChannel(order);
      must(refundedFen === 54_70, `the channel gave back once after ${fault}`, refundedFen);
    },
  ),
  others(
    'refund-query',
    'whatever goes wrong with the answer, a refund is neither done nor failed by it',
    (fault) => async (stand) => {
      const order = await stand.paid();
      const refund = await stand.refundOf(order, 1_00);
      await refund.send();
      await refund.end();
      await stand.arm('refund-query', fault);
      sees(await refund.ask(), { state: 'unknown' }, `refund query after ${fault} is unknown`);
      sees(await refund.ask(), { state: 'refunded' }, `the next answer after ${fault} is clear`);
    },
  ),
  {
    id: 'unclear.patience',
    promise: 'nothing is waited for longer than 8 seconds',
    async run(stand) {
      const order = await stand.order();
      await stand.arm('query', 'timeout-before', { delayMs: 30_000 });
      const startedAt = performance.now();
      sees(await stand.query(order), { state: 'unknown' }, 'a query without answer is unknown');
      const waitedMs = performance.now() - startedAt;
      // A busy machine is granted some more; the answer would have come after 30 seconds.
      must(waitedMs < 12_000, 'it was given up after 8 seconds', waitedMs);
    },
  },
];
