import { readable } from './opened-with.ts';

/** What a query holds: a mini-program has no URLSearchParams. */
export function paramsIn(query: string): Record<string, string> {
  const pairs = query.split('&').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name, readable(value)];
    }),
  );
}
