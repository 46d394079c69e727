import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Body, call } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import { refreshAll } from '../api/hooks.ts';
import { newKey } from '../ui/new-key.ts';

type Desk = Omit<Body<'POST /api/payments/desk'>, 'idempotencyKey'>;
type Code = Omit<Body<'POST /api/payments/desk/code'>, 'idempotencyKey'>;
/** What the clerk takes: money at the desk, or a charge to the wallet whose code was scanned. */
export type Wish = Desk | Code;

export interface Begun {
  readonly paymentId: string;
  readonly amountFen: number;
  /** `waiting`: the payer has to confirm, or the channel has to be asked. */
  readonly state: 'paid' | 'waiting';
  readonly channel?: string;
}

/** Takes the money once: the same wish carries the same key however often it is sent. */
export function useTake(onBegun: (begun: Begun) => void) {
  const queryClient = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const keys = useRef(new Map<string, string>());
  const take = async (wish: Wish) => {
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    setPending(true);
    setFailure(undefined);
    try {
      onBegun(await send(wish, idempotencyKey));
      void refreshAll(queryClient);
    } catch (error) {
      setFailure(error);
      // Somebody was faster. Without any answer the bills stay, so that a retry finds out.
      const isConflict = error instanceof ApiFailure && error.status === 409;
      if (isConflict) void refreshAll(queryClient);
    } finally {
      setPending(false);
    }
  };
  return { take, isPending, failure };
}

async function send(wish: Wish, idempotencyKey: string): Promise<Begun> {
  if ('method' in wish) {
    const taken = await call('POST /api/payments/desk', { body: { ...wish, idempotencyKey } });
    return { ...taken, state: 'paid' };
  }
  const charged = await call('POST /api/payments/desk/code', { body: { ...wish, idempotencyKey } });
  return { ...charged, state: charged.state === 'paid' ? 'paid' : 'waiting' };
}
