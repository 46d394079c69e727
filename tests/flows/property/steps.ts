import fc from 'fast-check';
import { checkpoints } from '../../../apps/server/src/modules/payment/index.ts';
import type { RefundMood } from './refund-book.ts';
import type { CallFault, Verb } from './wallet.ts';

type Checkpoint = (typeof checkpoints)[number];

/** One thing that somebody does. Numbers that name orders, payments or refunds wrap around. */
export type Step =
  | {
      kind: 'open';
      who: number;
      wallet: number;
      /** Of the home, and with the highest bit of its parking space. */
      bills: number;
      product: 'jsapi' | 'native';
      /** Of the first bill; the others whole. */
      share?: 'all' | 'half' | 'one-fen';
    }
  | { kind: 'top-up'; who: number; wallet: number; amount: number; key: number }
  /** Bills out of the balance: chosen ones, or as publishing does. */
  | { kind: 'use'; bills: number; share: 'all' | 'half' | 'one-fen'; key: number }
  | { kind: 'use-all' }
  | { kind: 'pay'; order: number; change: 'none' | 'other-amount' | 'again' | 'elsewhere' }
  | { kind: 'pay-unknown'; wallet: number }
  | { kind: 'notify'; notice: number; times: number; isLie: boolean }
  | { kind: 'ask'; payment: number }
  | { kind: 'sweep' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'desk'; bills: number; method: 'cash' | 'pos'; key: number }
  | { kind: 'fault'; wallet: number; verb: Verb; fault: CallFault }
  | { kind: 'pay-during'; wallet: number; verb: Verb }
  | { kind: 'mood'; wallet: number; mood: RefundMood }
  | {
      kind: 'refund';
      payment: number;
      share: 'all' | 'half' | 'one-fen';
      effect: 'reopen' | 'close';
      key: number;
      verdict: 'none' | 'approve' | 'reject';
    }
  | { kind: 'decide'; refund: number; verdict: 'approve' | 'approve-own' | 'reject' | 'cancel' }
  | {
      kind: 'resume';
      refund: number;
      how: 'retry' | 'reissue' | 'give-up' | 'check' | 'pay-out';
    }
  /** Money in suspense: back to its payer, onto an open bill, or what left us unasked explained. */
  | {
      kind: 'case';
      case: number;
      how: 'refund' | 'settle' | 'adopt';
      bill: number;
      key: number;
      verdict: 'none' | 'approve';
    }
  | { kind: 'decide-settlement'; settlement: number; verdict: 'approve' | 'reject' | 'cancel' }
  | { kind: 'progress' | 'bounce'; refund: number }
  | { kind: 'unasked'; trade: number; share: 'all' | 'one-fen' };

/** What happened before the first step, so that short scripts reach far. */
export type Prelude =
  | 'nothing'
  | 'opened'
  | 'collected'
  | 'settled'
  | 'settled-twice'
  | 'refund-asked'
  | 'refund-approved'
  | 'close-unclear'
  | 'refund-unclear'
  | 'refund-of-less'
  | 'desk-refund'
  | 'other-amount'
  | 'given-back-elsewhere'
  | 'paid-ahead'
  | 'two-homes';

export interface Batch {
  /** At the same time. */
  readonly steps: readonly Step[];
  /** Where the process dies: at a named point, or at the nth that it comes to. */
  readonly dieAt: number | Checkpoint | undefined;
}

export interface Script {
  readonly prelude: Prelude;
  /** Whether two people let the system refund duplicates and late payments by itself. */
  readonly hasPolicy: boolean;
  readonly batches: readonly Batch[];
  /** What comes first when all calms down. */
  readonly ending: 'sweep' | 'notices';
}

const index = fc.nat(5);
const wallet = fc.nat(1);
/** Of the home; of both. */
const bills = fc.integer({ min: 1, max: 15 });
const anyBills = fc.integer({ min: 1, max: 31 });
const one = <Value extends string>(...values: readonly Value[]) => fc.constantFrom(...values);
const kind = <Kind extends Step['kind']>(name: Kind) => fc.constant(name);

const payments: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('open'),
      who: fc.nat(1),
      wallet,
      bills: anyBills,
      product: one('jsapi', 'native'),
      share: one('all', 'all', 'half', 'one-fen'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('top-up'),
      who: fc.nat(1),
      wallet,
      amount: fc.constantFrom(1, 50_00, 150_00),
      key: fc.nat(1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('use'),
      bills,
      share: one('all', 'half', 'one-fen'),
      key: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('use-all') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('pay'),
      order: index,
      change: one('none', 'none', 'none', 'other-amount', 'again', 'elsewhere'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('pay-unknown'), wallet }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('notify'),
      notice: index,
      times: fc.integer({ min: 1, max: 3 }),
      isLie: fc.nat(5).map((value) => value === 5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('ask'), payment: index }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('sweep') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('wait'),
      seconds: fc.constantFrom(6, 16, 61, 301, 400, 4000, 90_000, -600),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('desk'), bills, method: one('cash', 'pos'), key: fc.nat(1) }),
  },
];

const troubles: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('fault'),
      wallet,
      verb: one('prepay', 'query', 'close', 'refund', 'refund-query'),
      fault: one('lost-before', 'lost-after', 'refused', 'gone'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('pay-during'),
      wallet,
      verb: one('prepay', 'query', 'close', 'refund'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('mood'),
      wallet,
      mood: one('at-once', 'later', 'fails-later', 'refuses', 'one-fen-less'),
    }),
  },
];

const refunds: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('refund'),
      payment: fc.nat(2),
      share: one('all', 'half', 'one-fen'),
      effect: one('reopen', 'close'),
      key: fc.nat(2),
      verdict: one('none', 'approve', 'approve', 'approve', 'reject'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('decide'),
      refund: fc.nat(2),
      verdict: one('approve', 'approve', 'approve-own', 'approve-own', 'reject', 'cancel'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('resume'),
      refund: fc.nat(2),
      how: one('retry', 'reissue', 'give-up', 'check', 'pay-out'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('case'),
      case: fc.nat(2),
      how: one('refund', 'settle', 'adopt'),
      bill: fc.nat(3),
      key: fc.nat(1),
      verdict: one('none', 'approve', 'approve'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('decide-settlement'),
      settlement: fc.nat(1),
      verdict: one('approve', 'reject', 'cancel'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('progress'), refund: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('bounce'), refund: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('unasked'),
      trade: fc.nat(2),
      share: one('all', 'one-fen'),
    }),
  },
];

const step: fc.Arbitrary<Step> = fc.oneof(...payments, ...troubles, ...refunds);

const batch: fc.Arbitrary<Batch> = fc.record({
  steps: fc.oneof(
    { weight: 3, arbitrary: fc.array(step, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(step, { minLength: 2, maxLength: 3 }) },
  ),
  dieAt: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom(...checkpoints) },
  ),
});

export const script: fc.Arbitrary<Script> = fc.record({
  prelude: one<Prelude>(
    'nothing',
    'opened',
    'collected',
    'settled',
    'settled-twice',
    'refund-asked',
    'refund-approved',
    'close-unclear',
    'refund-unclear',
    'refund-of-less',
    'desk-refund',
    'other-amount',
    'given-back-elsewhere',
    'paid-ahead',
    'two-homes',
  ),
  hasPolicy: fc.nat(3).map((value) => value === 3),
  batches: fc.array(batch, { minLength: 2, maxLength: 9, size: 'max' }),
  ending: one('sweep', 'notices'),
});
