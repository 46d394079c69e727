import { checkpoints } from '../../../apps/server/src/modules/payment/index.ts';

/**
 * What every part of the search must come by. A branch that is never reached proves nothing, so
 * it fails the suite. Left out are words that need a change of a bill by hand (`bill-not-payable`).
 */
export const branches: readonly string[] = [
  ...checkpoints,
  ...checkpoints
    // A few a part at most: one death in all is enough, and `kills.test.ts` and
    // `pay-ahead.test.ts` have the rest.
    .filter((name) => !/decided\.|sweep\.|^balance\.|\.(policy|pay-out|settle)\./.test(name))
    .map((name) => `killed at ${name}`),
  ...['second-payment', 'closed-payment', 'unknown-order', 'other-amount', 'other-merchant'].map(
    (reason) => `case ${reason}`,
  ),
  ...['refund-unasked', 'refund-returned', 'refund-other-amount'].map((reason) => `case ${reason}`),
  ...['requested', 'refunded', 'refused', 'failed', 'rejected', 'cancelled', 'returned'].map(
    (state) => `refund payment ${state}`,
  ),
  'refund case refunded',
  'refund adopted refunded',
  'settlement settled',
  'payment cashier paid',
  'payment cashier closed',
  'payment resident paid',
  'payment resident closed',
  'use: PREPAYMENT_TOO_SMALL',
  'use done',
  'use-all done',
  'payment desk paid',
  'payment suspense paid',
  'trade settled',
  'trade surplus',
  'trade corrected settled',
  'refund money refunded',
  'refund money unasked',
  'refund money returned',
  'open: BILLS_JUST_PAID',
  'open: PAYMENT_IN_PROGRESS',
  'desk: PAYMENT_IN_PROGRESS',
  'refund: REFUND_TOO_MUCH',
  'decide: REFUND_OWN',
  'resume: REFUND_STILL_OPEN',
  'case: CASE_NOT_FREE',
];
