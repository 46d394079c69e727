import type { PeriodicTask } from '../../platform/periodic.ts';
import type { PaymentInputDeps } from './deps.ts';
import { bookLeftProofs } from './use-cases/book-left-proofs.ts';
import { refundByPolicy } from './use-cases/refund-by-policy.ts';
import { sweepAttempts } from './use-cases/sweep.ts';
import { bookLeftRefundProofs, sweepRefunds } from './use-cases/sweep-refunds.ts';

export function paymentTasks(deps: PaymentInputDeps): PeriodicTask[] {
  return [
    // The first query is due 5 s after an order.
    { name: 'payment.sweep', everyMs: 2000, run: () => sweepAttempts(deps) },
    { name: 'payment.book-left-proofs', everyMs: 5000, run: () => bookLeftProofs(deps) },
    { name: 'payment.sweep-refunds', everyMs: 5000, run: () => sweepRefunds(deps) },
    { name: 'payment.book-left-refunds', everyMs: 5000, run: () => bookLeftRefundProofs(deps) },
    { name: 'payment.refund-by-policy', everyMs: 10_000, run: () => refundByPolicy(deps) },
  ];
}
