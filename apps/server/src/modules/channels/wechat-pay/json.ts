import { textOf } from '../json.ts';

export { asRecord, parseJson, textOf } from '../json.ts';

/** An instant in RFC 3339. */
export function instantOf(value: unknown): Date | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
