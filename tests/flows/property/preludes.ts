import type { Batch, Prelude, Step } from './steps.ts';

const opening: Step = { kind: 'open', who: 0, wallet: 0, bills: 7, product: 'jsapi' };
const paying: Step = { kind: 'pay', order: 0, change: 'none' };
const notifying: Step = { kind: 'notify', notice: 0, times: 1, isLie: false };
const refunding: Step = {
  kind: 'refund',
  payment: 0,
  share: 'half',
  effect: 'reopen',
  key: 0,
  verdict: 'approve',
};
const ahead: Step = { kind: 'top-up', who: 0, wallet: 0, amount: 150_00, key: 0 };
const alone = (step: Step): Batch => ({ steps: [step], dieAt: undefined });

export const preludes: Readonly<Record<Prelude, readonly Batch[]>> = {
  nothing: [],
  opened: [alone(opening)],
  collected: [alone(opening), alone(paying)],
  settled: [alone(opening), alone(paying), alone(notifying)],
  'settled-twice': [
    alone(opening),
    alone(paying),
    alone({ ...paying, change: 'again' }),
    { steps: [notifying, { ...notifying, notice: 1 }], dieAt: undefined },
  ],
  'refund-asked': [
    alone(opening),
    alone(paying),
    alone(notifying),
    alone({ ...refunding, verdict: 'none' }),
  ],
  'refund-of-less': [
    alone(opening),
    alone(paying),
    alone(notifying),
    alone({ kind: 'mood', wallet: 0, mood: 'one-fen-less' }),
    alone(refunding),
  ],
  'refund-approved': [
    alone(opening),
    alone(paying),
    alone(notifying),
    alone({ kind: 'mood', wallet: 0, mood: 'later' }),
    alone(refunding),
  ],
  'desk-refund': [
    alone({ kind: 'desk', bills: 3, method: 'cash', key: 0 }),
    alone({ ...refunding, share: 'all', effect: 'close' }),
  ],
  'other-amount': [
    alone(opening),
    alone({ ...paying, change: 'other-amount' }),
    alone({ ...notifying, times: 2 }),
  ],
  'close-unclear': [
    alone(opening),
    alone({ kind: 'fault', wallet: 0, verb: 'close', fault: 'lost-before' }),
    alone({ kind: 'wait', seconds: 400 }),
    alone({ kind: 'sweep' }),
  ],
  'refund-unclear': [
    alone(opening),
    alone(paying),
    alone(notifying),
    alone({ kind: 'fault', wallet: 0, verb: 'refund', fault: 'lost-after' }),
    alone(refunding),
  ],
  'paid-ahead': [alone(ahead), alone(paying), alone(notifying)],
  'two-homes': [alone({ ...opening, bills: 17, share: 'half' }), alone(paying), alone(notifying)],
  'given-back-elsewhere': [
    alone(opening),
    alone(paying),
    alone(notifying),
    alone({ kind: 'unasked', trade: 0, share: 'one-fen' }),
    alone({ ...notifying, notice: 1 }),
  ],
};
