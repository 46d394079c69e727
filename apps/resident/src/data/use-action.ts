import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '#platform';
import { isOffline } from '../api/index.ts';

export interface Action<Args extends readonly unknown[]> {
  readonly run: (...args: Args) => void;
  readonly isBusy: boolean;
  readonly failure: unknown;
  readonly clear: () => void;
}

/**
 * Something that a tap sets off, once at a time. `work` gets an idempotency key first, which stays
 * the same while the outcome is unknown, so that a retry after a lost answer does nothing twice:
 * `const pay = useAction((once, billIds: string[]) => request('POST …', { … }, { once }))`.
 */
export function useAction<Args extends readonly unknown[]>(
  work: (once: string, ...args: Args) => Promise<unknown>,
): Action<Args> {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const running = useRef(false);
  const retried = useRef<{ readonly of: string; readonly key: string } | undefined>(undefined);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });

  const run = useCallback((...args: Args) => {
    if (running.current) return;
    const of = JSON.stringify(args);
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    const attempt = retried.current?.of === of ? retried.current : { of, key: newKey() };
    retried.current = attempt;
    const finish = (error: unknown, isKnown: boolean) => {
      running.current = false;
      if (isKnown) retried.current = undefined;
      setBusy(false);
      setFailure(error);
    };
    latest.current(attempt.key, ...args).then(
      () => finish(undefined, true),
      (error: unknown) => finish(error, !isOffline(error)),
    );
  }, []);
  return { run, isBusy, failure, clear: useCallback(() => setFailure(undefined), []) };
}
