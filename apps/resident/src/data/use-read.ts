import { useCallback, useEffect, useRef, useState } from 'react';
import { now, onNetwork, sessionMark, useShow } from '#platform';
import {
  type Answer,
  type Input,
  isOffline,
  isSignedOut,
  type ReadKey,
  request,
} from '../api/index.ts';
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

const againMs = 5_000;

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
  const address = JSON.stringify([key, input]);
  const [state, setState] = useState<State_>(() => before(address, keeps));
  const [loading, setLoading] = useState(when);
  const newest = useRef(0);

  const load = useCallback(() => {
    const run = (newest.current += 1);
    const isNewest = () => run === newest.current;
    setLoading(true);
    setState((old) => (old.address === address ? old : before(address, keeps)));
    const mark = sessionMark();
    const [route, parts] = JSON.parse(address) as [Key, Input<Key>];
    request(route, parts).then(
      (data) => {
        const at = now();
        if (keeps) keepAnswer(address, { data, at }, mark);
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
  useNetworkAgain(state.failure, load);
  const { data, at, failure } =
    state.address === address ? state : before<Answer<Key>>(address, keeps);
  return { data, at, failure, isLoading: loading, reload: load };
}

/** What failed for want of a network is read once there is one, also where no device tells so. */
function useNetworkAgain(failure: unknown, load: () => void): void {
  useEffect(() => {
    if (!isOffline(failure)) return undefined;
    const timer = setTimeout(load, againMs);
    const deaf = onNetwork((isOnline) => isOnline && load());
    return () => {
      clearTimeout(timer);
      deaf();
    };
  }, [failure, load]);
}

function before<Value>(address: string, keeps: boolean): State<Value> {
  const kept = keeps ? keptAnswer<Value>(address) : undefined;
  return { address, data: kept?.data, at: kept?.at, failure: undefined };
}
