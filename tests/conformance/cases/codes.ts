import { allChannels, channelsOfCode } from '../../../apps/server/src/modules/channels/index.ts';
import { type Case, isOneOf, must, sees } from '../case.ts';

const notOffered: Case['notOffered'] = ({ description }) =>
  description.products.includes('code') ? undefined : 'no product code';

export const codeCases: readonly Case[] = (
  [
    {
      id: 'code.paid',
      promise: 'a payer’s code is charged, and the query says the same',
      async run(stand) {
        const order = await stand.codeOrder('paid');
        const result = await stand.prepay(order);
        isOneOf(result, ['paid', 'accepted'], 'it is charged, or under way');
        sees(
          await stand.query(order),
          { state: 'paid', trade: { orderNo: order.orderNo, amountFen: 254_70 } },
          'the query finds it paid',
        );
      },
    },
    {
      id: 'code.recognised',
      promise: 'the code names its wallet, so that the desk need not ask',
      async run(stand) {
        const { authCode = '' } = await stand.codeOrder('paid');
        const { channel, sameCodesAs = [] } = stand.driver;
        const found = channelsOfCode(authCode);
        must(found.includes(channel), 'the code is recognised as one of this channel', found);
        const strange = found.filter((one) => one !== channel && !sameCodesAs.includes(one));
        must(strange.length === 0, 'no other wallet takes it for its own', strange);
        for (const { description } of allChannels()) {
          const isOther = ![channel, ...sameCodesAs].includes(description.name);
          if (!isOther || !description.products.includes('code')) continue;
          const path = `${description.name}/codes`;
          const other = await stand.control<{ authCode: string }>('POST', path, {});
          const claims = channelsOfCode(other.authCode).includes(channel);
          must(!claims, `the codes of ${description.name} are not taken for its own`);
        }
      },
    },
    {
      id: 'code.password',
      promise: 'a payer who must type a password pays a little later',
      async run(stand) {
        const order = await stand.codeOrder('password');
        sees(await stand.prepay(order), { state: 'accepted' }, 'the desk is told to wait');
        sees(await stand.query(order), { state: 'pending' }, 'it is not paid yet');
        await stand.pay(order);
        sees(await stand.query(order), { state: 'paid' }, 'it is paid once the payer confirmed');
      },
    },
    ...(['expired', 'no-money'] as const).map(
      (outcome): Case => ({
        id: `code.${outcome}`,
        promise: 'the desk is told why, and no money moves',
        async run(stand) {
          const order = await stand.codeOrder(outcome);
          const before = await stand.book();
          const result = await stand.prepay(order);
          sees(result, { state: 'refused' }, 'it is refused with a code');
          isOneOf(
            await stand.query(order),
            ['closed', 'pending', 'not-found'],
            'the query finds no money',
          );
          must((await stand.book()).totalFen === before.totalFen, 'the channel collected nothing');
        },
      }),
    ),
    {
      id: 'code.used',
      promise: 'a code is good once',
      async run(stand) {
        const order = await stand.codeOrder('paid');
        await stand.prepay(order);
        const { authCode = '' } = order;
        const again = await stand.prepay(await stand.order({ product: 'code', authCode }));
        sees(again, { state: 'refused' }, 'the second order under the code is refused');
      },
    },
    {
      id: 'code.reversed',
      promise: 'an order that is reversed while the payer pays ends without money',
      notOffered: ({ driver }) =>
        driver.unpaidOrders === 'expires' ? 'the protocol has no reversal' : undefined,
      async run(stand) {
        const order = await stand.codeOrder('password');
        await stand.prepay(order);
        await stand.advance(stand.driver.reversalWaitMs ?? 0);
        const before = await stand.book();
        await stand.arm(stand.driver.closeFaults?.reversal ?? 'close', 'paid-before-answer');
        const result = await stand.close(order);
        isOneOf(result, ['closed', 'unknown', 'paid'], 'the reversal says what it knows');
        if (result.state !== 'closed') await stand.close(order);
        const after = await stand.book();
        const keptFen = after.totalFen - before.totalFen - (after.refundedFen - before.refundedFen);
        const found = await stand.query(order);
        must(
          keptFen === 0 ? found.state === 'closed' : found.state === 'paid',
          'what the query says is what the channel kept',
          { keptFen, found },
        );
      },
    },
  ] satisfies readonly Case[]
).map((one: Case) => ({
  ...one,
  notOffered: (facts) => notOffered(facts) ?? one.notOffered?.(facts),
}));
