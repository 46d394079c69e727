import type { CheckoutStarted, CheckoutWay } from '@wuye-pay/contract';
import { useRef, useState } from 'react';
import { go, hereText, newKey, openServerPage, pay, storage, surface, useKept } from '#platform';
import { request } from '../api/index.ts';
import { type Cart, firstOf } from './cart.ts';
import { type KeptKey, keyFor } from './once-key.ts';

/** Tries to get the order when the channel is slow to answer; the same payment every time. */
const mostTries = 4;
const retryMs = 2500;

/** `cancel` and `missing` end at the button again: nothing was charged. */
export type PayPhase = 'idle' | 'opening' | 'ordering' | 'cancel' | 'missing' | 'unanswered';

export interface Payment {
  readonly phase: PayPhase;
  readonly isBusy: boolean;
  readonly failure: unknown;
  /** Begins the first payment of the way and opens the wallet's sheet. */
  readonly start: (cart: Cart, way: CheckoutWay) => void;
}

/** From the tap to the wallet and on to the page that waits for the server's word. */
export function usePayment(): Payment {
  const [phase, setPhase] = useState<PayPhase>('idle');
  const [failure, setFailure] = useState<unknown>();
  const [key, setKey] = useKept<KeptKey | undefined>('payment key', undefined);
  const isRunning = useRef(false);

  const run = async (cart: Cart, way: CheckoutWay): Promise<PayPhase> => {
    const first = firstOf(cart, way);
    if (!first) return 'missing';
    if (way.loginUrl !== null) {
      openServerPage(withReturn(way.loginUrl));
      return 'opening';
    }
    storage.write('way', way.way);
    const wish = { ...first.cart, amountFen: first.amountFen, way: way.way, surface };
    const kept = keyFor(key, wish, newKey);
    setKey(kept);
    const started = await begin({ ...wish, idempotencyKey: kept.key }, () => setPhase('ordering'));
    if (started.state !== 'open') return follow(started.paymentId);
    if (!started.instructions) return 'unanswered';
    const said = await pay(started.instructions);
    if (said === 'cancel' || said === 'missing') return said;
    return said === 'left' ? 'opening' : follow(started.paymentId);
  };

  const start = (cart: Cart, way: CheckoutWay) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setFailure(undefined);
    setPhase('opening');
    run(cart, way)
      .then(setPhase, (error: unknown) => {
        setPhase('idle');
        setFailure(error);
      })
      .finally(() => {
        isRunning.current = false;
      });
  };
  return { phase, failure, start, isBusy: phase === 'opening' || phase === 'ordering' };
}

type Wish = Parameters<typeof request<'POST /api/resident/payments'>>[1]['body'];

/** Asks until the channel has answered; what the server says in between is not a failure. */
async function begin(body: object, onWait: () => void): Promise<CheckoutStarted> {
  for (let tries = 1; ; tries += 1) {
    const started = await request('POST /api/resident/payments', { body: body as Wish });
    const isDone = started.instructions !== undefined || started.state !== 'open';
    if (isDone || tries >= mostTries) return started;
    onWait();
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

function follow(paymentId: string): PayPhase {
  go('paying', { paymentId });
  return 'idle';
}

/** The wallet first says who pays; then the reader is back here with the same choice. */
function withReturn(url: string): string {
  const next = encodeURIComponent(hereText());
  return `${url}${url.includes('?') ? '&' : '?'}next=${next}`;
}
