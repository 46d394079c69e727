import { useEffect, useRef, useState } from 'react';
import type { Answer } from '../api/client.ts';

export type LivePayment = Answer<'GET /api/today'>['newest'][number];
export type LiveState = 'connecting' | 'live' | 'polling';

const reconnectMs = 5_000;

interface LiveListeners {
  readonly onPayment: (payment: LivePayment) => void;
  /** Something happened, or may have while nobody listened: read the facts again. */
  readonly onHint: () => void;
}

/**
 * Follows the server's events. The browser reconnects by itself after a lost connection; after a
 * refusal it gives up, so this opens another. Until then the page polls.
 */
export function useLive(listeners: LiveListeners): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const latest = useRef(listeners);
  useEffect(() => {
    latest.current = listeners;
  });
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource('/api/live');
      source.addEventListener('open', () => {
        setState('live');
        latest.current.onHint();
      });
      source.addEventListener('payment', (event: MessageEvent<string>) => {
        const payment = paymentIn(event.data);
        if (payment) latest.current.onPayment(payment);
        latest.current.onHint();
      });
      source.addEventListener('case', () => latest.current.onHint());
      source.addEventListener('refund', () => latest.current.onHint());
      source.addEventListener('error', () => {
        setState('polling');
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, reconnectMs);
      });
    };
    connect();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, []);
  return state;
}

/** What an event carries; undefined when it is not a payment, and the next poll tells. */
export function paymentIn(data: string): LivePayment | undefined {
  const value: unknown = JSON.parse(data);
  if (typeof value !== 'object' || value === null) return undefined;
  const isPayment = 'paymentId' in value && 'amountFen' in value && 'channel' in value;
  return isPayment ? (value as LivePayment) : undefined;
}
