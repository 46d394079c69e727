import type { PaymentInputDeps } from '../payment/index.ts';

/** What the use-cases work with: payment's, because a transfer may end a payment in progress. */
export type BankDeps = PaymentInputDeps;
