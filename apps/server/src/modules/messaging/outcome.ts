import type { Outcome } from './provider.ts';

/** The answers that adapters give, in one line each. */
export const outcome = {
  accepted: (providerNo: string | null): Outcome => ({ kind: 'accepted', providerNo }),
  refused: (scope: 'recipient' | 'content' | 'account', code: string, detail: string): Outcome => ({
    kind: 'refused',
    scope,
    code,
    detail,
  }),
  later: (code: string, detail: string): Outcome => ({ kind: 'later', code, detail }),
  unknown: (code: string, detail = ''): Outcome => ({ kind: 'unknown', code, detail }),
};

export type RefusalClass = 'recipient' | 'content' | 'account' | 'later' | 'unknown';

/** The class of a code, by the code itself or by the longest beginning ending in `*`. */
export function classOf(
  table: Readonly<Record<string, RefusalClass>>,
  code: string,
  otherwise: RefusalClass,
): RefusalClass {
  const exact = table[code];
  if (exact) return exact;
  const [best] = Object.keys(table)
    .filter((name) => name.endsWith('*') && code.startsWith(name.slice(0, -1)))
    .sort((a, b) => b.length - a.length);
  return (best && table[best]) || otherwise;
}

export function outcomeOf(kind: RefusalClass, code: string, detail: string): Outcome {
  if (kind === 'later') return outcome.later(code, detail);
  if (kind === 'unknown') return outcome.unknown(code, detail);
  return outcome.refused(kind, code, detail);
}
