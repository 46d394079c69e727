import type { Deps } from '../../platform/deps.ts';
import type { Listener } from '../../platform/outbox/index.ts';
import { noteSettledCase } from './use-cases/note-settled-case.ts';

/** Bills are settled with the money of entries on the page of suspense as well. */
export function bankListeners(deps: Pick<Deps, 'db'>): (readonly [string, Listener])[] {
  return [
    [
      'payment.paid',
      async ({ companyId, payload }) => {
        const { paymentId } = payload;
        if (typeof paymentId !== 'string') throw new Error('payment.paid names no payment');
        await noteSettledCase(deps, { companyId, paymentId });
      },
    ],
  ];
}
