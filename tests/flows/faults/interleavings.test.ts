import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { ChannelTrade } from '../../../apps/server/src/modules/channels/index.ts';
import {
  checkpoints,
  confirmPayment,
  paymentTasks,
  startPayment,
  takeDeskPayment,
} from '../../../apps/server/src/modules/payment/index.ts';
import { AppError } from '../../../apps/server/src/platform/errors.ts';
import { givenSystem } from '../../../apps/server/test/harness.ts';
import {
  type CallFault,
  type PaymentWorld,
  payer,
  paymentWorld,
} from '../../../apps/server/test/payment-builders.ts';
import { checkInvariants } from '../../../apps/server/test/payment-invariants.ts';

/** The same runs every time; another seed by WUYE_SEED, more runs by WUYE_RUNS. */
const seed = Number(process.env.WUYE_SEED ?? 20_261_124);
const numRuns = Number(process.env.WUYE_RUNS ?? 200);

const system = await givenSystem();
afterAll(() => system.close());

type Step =
  | { kind: 'start'; who: number; bills: number; product: 'jsapi' | 'native' }
  | { kind: 'pay'; order: number; change: 'none' | 'other-amount' | 'again' }
  | { kind: 'pay-unknown' }
  | { kind: 'notify'; order: number; times: number; isWrong: boolean }
  | { kind: 'wait'; seconds: number }
  | { kind: 'sweep' }
  | { kind: 'desk' }
  | { kind: 'fault'; verb: 'prepay' | 'query' | 'close'; fault: CallFault }
  | { kind: 'pay-during'; verb: 'prepay' | 'query' | 'close' };

const order = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      who: fc.nat(2),
      bills: fc.integer({ min: 1, max: 3 }),
      product: fc.constantFrom('jsapi' as const, 'native' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      order,
      change: fc.constantFrom(
        'none' as const,
        'none' as const,
        'other-amount' as const,
        'again' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'pay-unknown' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('notify' as const),
      order,
      times: fc.integer({ min: 1, max: 4 }),
      isWrong: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.constantFrom(6, 16, 61, 301, 400, -600),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'desk' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      verb: fc.constantFrom('prepay' as const, 'query' as const, 'close' as const),
      fault: fc.constantFrom<CallFault>('lost-before', 'lost-after', 'refused', 'gone'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pay-during' as const),
      verb: fc.constantFrom('prepay' as const, 'query' as const, 'close' as const),
    }),
  },
);

/** Refunds and cases are shuffled in tests/flows/property. */
const points = checkpoints.filter((name) => name.startsWith('payment.'));

/** Steps of one batch run at the same time; a batch may lose the process at a named point. */
const script = fc.array(
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    crashAt: fc.option(fc.constantFrom(...points), { freq: 3, nil: undefined }),
  }),
  { minLength: 3, maxLength: 12 },
);

const reached = new Map<string, number>();

test('whatever comes in whatever order: every fen is booked once, nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (batches) => {
      system.clock.set('2026-11-24T02:00:00Z'); // Partitions reach two years ahead.
      const world = await paymentWorld(system);
      await play(world, batches);
      await settleDown(world);
      await checkInvariants(world, world.channel);
    }),
    { seed, numRuns, endOnFailure: numRuns > 500 },
  );
  const never = points.filter((name) => !reached.has(name));
  expect(never, 'points that no run reached').toEqual([]);
}, 240_000);

test('the canary: a machine that forgets what it booked is caught', async () => {
  system.clock.set('2026-11-24T02:00:00Z');
  const world = await paymentWorld(system);
  await play(world, [
    { steps: [{ kind: 'start', who: 0, bills: 3, product: 'jsapi' }], crashAt: undefined },
    { steps: [{ kind: 'pay', order: 0, change: 'none' }], crashAt: undefined },
    { steps: [{ kind: 'notify', order: 0, times: 1, isWrong: false }], crashAt: undefined },
  ]);
  await settleDown(world);
  await checkInvariants(world, world.channel);
  const [trade] = world.channel.trades();
  if (!trade) throw new Error('the canary has no trade');
  // As if the exactly-once key were lost: the same money under another number.
  await tell(world, { ...trade, tradeNo: `${trade.tradeNo}x` });
  await expect(checkInvariants(world, world.channel)).rejects.toThrow(/I3.*|I4.*/);
});

class Crash extends Error {}

type Script = readonly { readonly steps: readonly Step[]; readonly crashAt: string | undefined }[];

async function play(world: PaymentWorld, batches: Script): Promise<void> {
  const unit = await world.bills(120_00, 80_00, 1);
  const deps = (crashAt: string | undefined) => ({
    ...world.deps,
    checkpoint: (name: string) => {
      reached.set(name, (reached.get(name) ?? 0) + 1);
      if (name === crashAt) throw new Crash(name);
    },
  });
  for (const { steps, crashAt } of batches) {
    const at: PaymentWorld = { ...world, deps: deps(crashAt) };
    const results = await Promise.allSettled(steps.map((one) => run(at, unit, one)));
    for (const result of results) {
      if (result.status === 'fulfilled' || isExpected(result.reason)) continue;
      throw result.reason;
    }
  }
}

/** Refusals in words, and our own crashes; anything else is a defect. */
function isExpected(error: unknown): boolean {
  return error instanceof Crash || error instanceof AppError;
}

type Unit = Awaited<ReturnType<PaymentWorld['bills']>>;

async function run(world: PaymentWorld, unit: Unit, one: Step): Promise<unknown> {
  const { channel } = world;
  switch (one.kind) {
    case 'start': {
      const billIds = unit.bills.slice(0, one.bills).map(({ id }) => id);
      const wish = { billIds, payer: payer(`住户${one.who}`), product: one.product };
      return await startPayment(world.deps, world.wish(unit, wish));
    }
    case 'pay': {
      const orderNo = nth([...channel.orders.keys()], one.order);
      if (orderNo === undefined) return undefined;
      const amountFen = one.change === 'other-amount' ? 7 : undefined;
      const again = one.change === 'again';
      return channel.pay(orderNo, { again, ...(amountFen && { amountFen }) });
    }
    case 'pay-unknown':
      return channel.payUnknown(`${world.shortCode}0000000000000000000000000`, 9_00);
    case 'notify': {
      const trade = nth([...channel.trades()], one.order);
      if (!trade) return undefined;
      const wrong = { ...trade, amountFen: (trade.amountFen + 1) as typeof trade.amountFen };
      // The channel knows one trade of an order, and can only be asked about that one.
      const isKnown = channel.orders.get(trade.orderNo)?.trade === trade;
      const told = one.isWrong && isKnown ? { ...wrong, raw: `${trade.raw} ` } : trade;
      return await Promise.all(Array.from({ length: one.times }, () => tell(world, told)));
    }
    case 'wait':
      system.clock.advance(one.seconds * 1000);
      return undefined;
    case 'sweep':
      return await sweep(world);
    case 'desk':
      return await payAtDesk(world, unit);
    case 'fault':
      return channel.fail(one.verb, one.fault);
    case 'pay-during':
      channel.before = async (verb, orderNo) => {
        if (verb !== one.verb || !channel.orders.has(orderNo)) return;
        channel.before = undefined;
        channel.pay(orderNo);
      };
      return undefined;
  }
}

function nth<Item>(items: readonly Item[], index: number): Item | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}

async function tell(world: PaymentWorld, trade: ChannelTrade): Promise<unknown> {
  const { companyId } = world;
  world.deps.checkpoint('payment.notify.read');
  return await confirmPayment(world.deps, { companyId, source: 'notification', trade });
}

async function sweep(world: PaymentWorld): Promise<void> {
  for (const task of paymentTasks(world.deps)) await task.run();
}

async function payAtDesk(world: PaymentWorld, unit: Unit): Promise<unknown> {
  const [first] = unit.bills;
  return await takeDeskPayment(world.deps, {
    actor: world.staff,
    unitId: unit.unitId,
    billIds: [first?.id ?? ''],
    method: 'cash',
    amountFen: first?.amountFen ?? 0,
    idempotencyKey: `desk-${world.companyId}`,
  });
}

/** Faults stop; the channel delivers what it still has to tell; the worker runs as it would. */
async function settleDown(world: PaymentWorld): Promise<void> {
  const { channel } = world;
  channel.clearFaults();
  for (const pause of [130, 400, 3700, 90_000]) {
    system.clock.advance(pause * 1000);
    await sweep(world);
  }
  for (const trade of channel.trades()) await tell(world, trade);
  for (const pause of [130, 400, 90_000]) {
    system.clock.advance(pause * 1000);
    await sweep(world);
  }
}
