import { useEffect, useState } from 'react';
import { useRead } from '../api/hooks.ts';
import type { Option } from '../ui/Filters.tsx';

/** Homes found by what somebody types, and those already found. */
export function useUnitSearch(): {
  readonly options: readonly Option[];
  readonly isLoading: boolean;
  search(this: void, text: string): void;
} {
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useRead('GET /api/units', {
    query: { limit: 20, ...(search && { search }) },
  });
  useEffect(() => {
    if (!data) return;
    const found = data.items.map(({ id, label, communityName }) => [
      id,
      `${communityName} ${label}`,
    ]);
    setKnown((before) => new Map([...before, ...(found as [string, string][])]));
  }, [data]);
  const options = [...known].map(([value, label]) => ({ value, label }));
  return { options, isLoading: isFetching, search: setText };
}

/** Waits until nobody types. */
const pauseMs = 300;
