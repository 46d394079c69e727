import {
  keepPreviousData,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, call, type Input, type QueryKeyOfRoute, type RouteKey } from './client.ts';

interface ReadOptions<Data> {
  readonly enabled?: boolean;
  /** Milliseconds until the route is read again, given what it said last; false: not again. */
  readonly refreshMs?: (data: Data | undefined) => number | false;
}

/** Reads a route of the contract; the last answer stays on the screen while the next is on its way. */
export function useRead<Key extends QueryKeyOfRoute>(
  key: Key,
  input: Input<Key>,
  { enabled = true, refreshMs }: ReadOptions<Answer<Key>> = {},
): UseQueryResult<Answer<Key>> {
  return useQuery<Answer<Key>>({
    queryKey: [key, input],
    queryFn: ({ signal }) => call(key, input, signal),
    placeholderData: keepPreviousData,
    enabled,
    ...(refreshMs && { refetchInterval: ({ state }) => refreshMs(state.data) }),
  });
}

interface WriteOptions {
  /** The page goes away with what it shows: nothing on it is worth reading again. */
  readonly leavesPage?: boolean;
}

/** Writes by a route of the contract; then everything on the screen is read again. */
export function useWrite<Key extends RouteKey>(
  key: Key,
  { leavesPage = false }: WriteOptions = {},
): UseMutationResult<Answer<Key>, Error, Input<Key>> {
  const client = useQueryClient();
  return useMutation<Answer<Key>, Error, Input<Key>>({
    mutationFn: (input) => call(key, input),
    onSuccess: () =>
      leavesPage ? client.invalidateQueries({ refetchType: 'none' }) : refreshAll(client),
  });
}

/** One write changes totals, lists and histories of several screens: all become stale at once. */
export async function refreshAll(client: QueryClient): Promise<void> {
  await client.invalidateQueries();
}
