/** The key of the payment that was asked for last, kept with the page until its outcome is known. */
export interface KeptKey {
  readonly of: string;
  readonly key: string;
}

/** The same wish gets the same key, however often it is sent; another wish gets another one. */
export function keyFor(kept: KeptKey | undefined, wish: unknown, newKey: () => string): KeptKey {
  const of = JSON.stringify(wish);
  return kept?.of === of ? kept : { of, key: newKey() };
}
