import type { CheckoutState } from '@wuye-pay/contract';
import { useEffect, useState } from 'react';
import { listen } from '#platform';
import { isSignedOut, request } from '../api/index.ts';

/** Often while the payer waits, then seldom; the server's events come between. */
const fastMs = 2000;
const slowMs = 10_000;
const fastPolls = 60;

/**
 * What became of a payment, by events and by asking; undefined until the server has said so first.
 * Without a network it goes on asking.
 */
export function usePaymentState(paymentId: string): CheckoutState | undefined {
  const [state, setState] = useState<CheckoutState>();
  useEffect(() => {
    let isOver = false;
    let polls = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      clearTimeout(timer);
      request('GET /api/resident/payments/:paymentId/state', { params: { paymentId } }).then(
        ({ state: now }) => {
          if (isOver) return;
          setState(now);
          if (now === 'paid' || now === 'closed') stop();
          else again();
        },
        (error: unknown) => {
          if (!isSignedOut(error)) again();
        },
      );
    };
    const again = () => {
      polls += 1;
      if (!isOver) timer = setTimeout(ask, polls < fastPolls ? fastMs : slowMs);
    };
    const deaf = listen(`/api/resident/payments/${paymentId}/events`, ask);
    const stop = () => {
      isOver = true;
      clearTimeout(timer);
      deaf();
    };
    ask();
    return stop;
  }, [paymentId]);
  return state;
}
