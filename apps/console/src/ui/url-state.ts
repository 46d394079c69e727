import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

/** What a query string says of the named filters; those it does not name are absent. */
export function readFilters<Name extends string>(
  search: URLSearchParams,
  names: readonly Name[],
): { readonly [N in Name]?: string } {
  const found: { [N in Name]?: string } = {};
  for (const name of names) {
    const value = search.get(name);
    if (value !== null && value !== '') found[name] = value;
  }
  return found;
}

/** A query string with some filters changed; another filter leads to another first page. */
export function withFilters(
  search: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  if (!('after' in changes)) next.delete('after');
  return next;
}

export interface UrlFilters<Name extends string> {
  readonly values: { readonly [N in Name]?: string };
  /** Key of the page on the screen; absent on the first page. */
  readonly after: string | undefined;
  readonly isFiltered: boolean;
  set(changes: { readonly [N in Name]?: string | undefined }): void;
  clear(): void;
}

/** The filters of a list live in its address: it can be sent, kept and gone back to. */
export function useUrlFilters<Name extends string>(names: readonly Name[]): UrlFilters<Name> {
  const [search, setSearch] = useSearchParams();
  // The names are a literal at every caller; the text stands for them among the dependencies.
  const key = names.join();
  const values = useMemo(() => readFilters(search, key.split(',') as Name[]), [search, key]);
  const set = useCallback(
    (changes: { readonly [N in Name]?: string | undefined }) =>
      setSearch((now) => withFilters(now, changes), { replace: true }),
    [setSearch],
  );
  const clear = useCallback(
    () =>
      setSearch((now) => withFilters(now, Object.fromEntries(key.split(',').map(absent))), {
        replace: true,
      }),
    [setSearch, key],
  );
  const isFiltered = Object.keys(values).length > 0;
  return { values, after: search.get('after') ?? undefined, isFiltered, set, clear };
}

function absent(name: string): readonly [string, undefined] {
  return [name, undefined];
}

export interface Paging {
  readonly page: number;
  readonly isFirst: boolean;
  toFirst(): void;
  toPrevious(): void;
  toNext(after: string): void;
}

/** Pages by key: the next page is a new entry of the history, so going back is going back. */
export function usePaging(): Paging {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useLocation();
  const isFirst = !search.has('after');
  const page = isFirst ? 1 : pageIn(state);
  return {
    page,
    isFirst,
    toFirst: () => setSearch(withFilters(search, { after: undefined })),
    // A page opened by its address has no page before it in the history.
    toPrevious: () => {
      if (page > 1) void navigate(-1);
      else setSearch(withFilters(search, { after: undefined }));
    },
    toNext: (after) => setSearch(withFilters(search, { after }), { state: { page: page + 1 } }),
  };
}

function pageIn(state: unknown): number {
  if (typeof state !== 'object' || state === null || !('page' in state)) return 0;
  return typeof state.page === 'number' ? state.page : 0;
}
