import { afterAll, expect, test } from 'vitest';
import { searchForBreaches } from './machine.ts';
import type { Broken } from './run.ts';
import { givenPropertySystem } from './system.ts';

/** The alarm is proved in every run: machines that are broken on purpose are found out soon. */
const system = await givenPropertySystem();
afterAll(() => system.close());

const enough = 300;

/** Believes that it wrote what it never wrote. */
const forgets = (
  start: string,
  rows: (values: readonly unknown[]) => number | undefined,
): Broken => ({
  sabotage: ({ text, values }) => (text.trimStart().startsWith(start) ? rows(values) : undefined),
});
const always = () => 1;

/** As many as the statement names, when it is the one that reserves. */
function whenReserving(values: readonly unknown[]): number | undefined {
  const named = values.find(Array.isArray);
  return values[0] === 1 ? named?.length : undefined;
}

const machines: readonly (readonly [name: string, promise: RegExp, broken: Broken])[] = [
  [
    'a payment that does not hold its bills',
    /2 never over: open payment \S+ does not hold/,
    forgets('insert into billing.hold', always),
  ],
  [
    'a refund that does not reserve its amount',
    /2 never over: line \S+ of \S+: 0\/|allocation_refund_not_negative/,
    forgets('update payment.allocation', whenReserving),
  ],
  [
    'a notification whose amount is not compared',
    /1 conserved: \S+ is booked as \d+, collected were|no rest/,
    {
      mishear: (door, { wallets }) => ({
        ...door,
        readNotification: async (deps, input) => {
          const heard = await door.readNotification(deps, input);
          if (heard.state !== 'authentic' || !heard.trade) return heard;
          const { orderNo } = heard.trade;
          const orders = Object.values(wallets).flatMap((wallet) => [...wallet.orders.values()]);
          const order = orders.find((one) => one.orderNo === orderNo);
          const amountFen = order?.amountFen ?? heard.trade.amountFen;
          return { ...heard, trade: { ...heard.trade, amountFen } };
        },
      }),
    },
  ],
  [
    'a bill that is paid out of a balance which keeps its money',
    /1 conserved: (bill \S+ took|prepayment:\S+ is)/,
    {
      sabotage: ({ text, values }) =>
        text.includes('insert into prepayment.movement') && text.includes('unnest')
          ? values.find(Array.isArray)?.length
          : undefined,
    },
  ],
  [
    'money paid ahead that reaches no balance',
    /1 conserved: payment \S+ paid \d+ ahead, moved were 0/,
    {
      sabotage: ({ text }) =>
        text.includes('insert into prepayment.balance') && text.includes("'top-up'")
          ? 1
          : undefined,
    },
  ],
  [
    'a balance that is used for a bill which stays open',
    /1 conserved: receivable:\S+ is|2 never over/,
    {
      sabotage: ({ text, values }) =>
        text.includes('update billing.bill as b set paid_fen = b.paid_fen + line.amount_fen')
          ? values.find(Array.isArray)?.length
          : undefined,
    },
  ],
  [
    'a proof that is booked and not stored',
    /4 proof first: \S+ has no proof/,
    forgets('insert into payment.proof ', always),
  ],
  [
    'an unclear answer to a close that passes for a clear one',
    /3 clear answers: order \S+ is closed; said were/,
    {
      mishear: (door) => ({
        ...door,
        closeTrade: async (deps, order) => {
          const answer = await door.closeTrade(deps, order);
          return answer.state === 'unknown' ? { state: 'closed' } : answer;
        },
      }),
    },
  ],
  [
    'an unclear answer to a refund that passes for a refusal',
    /3 clear answers: refund \S+ is refused/,
    {
      mishear: (door) => ({
        ...door,
        refundTrade: async (deps, refund) => {
          const answer = await door.refundTrade(deps, refund);
          const refused = { state: 'refused', code: 'X', message: '' } as const;
          return answer.state === 'unknown' ? refused : answer;
        },
      }),
    },
  ],
  [
    'money in suspense without the key that books it once',
    /1 conserved: \S+ holds \d+, booked/,
    forgets('insert into payment.proof_key', always),
  ],
  [
    'a fact that is not published',
    /5 repeatable: payment\.\S+ \S+ was not published/,
    forgets('insert into platform.outbox', always),
  ],
];

test.each(machines)('%s is found out', async (_name, promise, broken) => {
  let runs = 0;
  const search = searchForBreaches({
    ...{ system, broken, seed: 7, runs: enough, reached: new Map(), shrinks: false },
    onRun: () => {
      runs += 1;
    },
  });
  await expect(search).rejects.toThrow(promise);
  expect(runs).toBeLessThan(enough);
});
