import { useCallback, useEffect, useRef, useState } from 'react';
import { now, useShow } from '#platform';
import { type Answer, type Input, isSignedOut, type ReadKey, request } from '../api/index.ts';
import { addressOf } from '../api/request.ts';
import { keepAnswer, keptAnswer } from './kept-answers.ts';

export interface Read<Value> {
  readonly data: Value | undefined;
  /** When the data came from the server, in ms; older than a moment means it was kept. */
  readonly at: number | undefined;
  /** Why the newest data could not be had; the data may still be there from before. */
  readonly failure: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Options {
  /** Does not ask while false. */
  readonly when?: boolean | undefined;
  /** Keeps the answer on the device, to be shown with its age when there is no network. */
  readonly keeps?: boolean | undefined;
}

interface State<Value> {
  readonly address: string;
  readonly data: Value | undefined;
  readonly at: number | undefined;
  readonly failure: unknown;
}

/**
 * Reads a route, and reads it again whenever the page is shown: `useRead('GET …', {})`.
 * While it reads again the old data stays in sight.
 */
export function useRead<Key extends ReadKey>(
  key: Key,
  input: Input<Key>,
  { when = true, keeps = false }: Options = {},
): Read<Answer<Key>> {
  type State_ = State<Answer<Key>>;
  const address = `${key} ${addressOf('', {}, { input: JSON.stringify(input) })}`;
  const [state, setState] = useState<State_>(() => before(address, keeps));
  const [loading, setLoading] = useState(when);
  const newest = useRef(0);

  const load = useCallback(() => {
    const run = (newest.current += 1);
    const isNewest = () => run === newest.current;
    setLoading(true);
    setState((old) => (old.address === address ? old : before(address, keeps)));
    request(key, JSON.parse(JSON.stringify(input)) as Input<Key>).then(
      (data) => {
        const at = now();
        if (keeps) keepAnswer(address, { data, at });
        if (!isNewest()) return;
        setState({ address, data, at, failure: undefined });
        setLoading(false);
      },
      (failure: unknown) => {
        // Sign-in comes instead of the page; until then it goes on waiting.
        if (!isNewest() || isSignedOut(failure)) return;
        setState((old) => ({ ...old, failure }));
        setLoading(false);
      },
    );
    // The address holds key and input.
  }, [address, keeps]);

  useEffect(() => {
    if (when) load();
    return () => {
      newest.current += 1;
    };
  }, [load, when]);
  const isFirst = useRef(true);
  useShow(() => {
    if (when && !isFirst.current) load();
    isFirst.current = false;
  });
  const { data, at, failure } =
    state.address === address ? state : before<Answer<Key>>(address, keeps);
  return { data, at, failure, isLoading: loading, reload: load };
}

function before<Value>(address: string, keeps: boolean): State<Value> {
  const kept = keeps ? keptAnswer<Value>(address) : undefined;
  return { address, data: kept?.data, at: kept?.at, failure: undefined };
}
