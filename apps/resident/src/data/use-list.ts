import { useCallback, useRef, useState } from 'react';
import { type Answer, type Input, type Item, type ReadKey, request } from '../api/index.ts';
import { type Read, useRead } from './use-read.ts';

export interface List<Row> extends Pick<Read<unknown>, 'failure' | 'isLoading' | 'reload'> {
  /** Undefined until the first page is here. */
  readonly items: readonly Row[] | undefined;
  readonly hasMore: boolean;
  readonly more: () => void;
}

interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** A route that answers pages: the first one is read like any other, `more` adds the next. */
export function useList<Key extends ReadKey>(key: Key, input: Input<Key>): List<Item<Key>> {
  const first = useRead(key, input) as Read<Answer<Key> & PageOf<Item<Key>>>;
  const [added, setAdded] = useState<PageOf<Item<Key>> & { readonly to: unknown }>();
  const [failure, setFailure] = useState<unknown>();
  const isRunning = useRef(false);
  // Pages that were added belong to the first page they followed.
  const further = added?.to === first.data ? added : undefined;
  const next = further ? further.next : (first.data?.next ?? null);

  const more = useCallback(() => {
    if (next === null || isRunning.current) return;
    isRunning.current = true;
    setFailure(undefined);
    const query = { ...(input as { query?: object }).query, after: next };
    request(key, { ...input, query } as Input<Key>)
      .then((answer) => {
        const page = answer as unknown as PageOf<Item<Key>>;
        const items = [...(further?.items ?? []), ...page.items];
        setAdded({ to: first.data, items, next: page.next });
      }, setFailure)
      .finally(() => {
        isRunning.current = false;
      });
  }, [key, input, next, further, first.data]);

  return {
    items: first.data && [...first.data.items, ...(further?.items ?? [])],
    hasMore: next !== null,
    more,
    failure: first.failure ?? failure,
    isLoading: first.isLoading,
    reload: first.reload,
  };
}
