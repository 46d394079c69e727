import type { Problem } from '@wuye-pay/contract/failure';

export {
  ApiFailure,
  failureOf,
  isSignedOut,
  networkFailure,
  type Problem,
} from '@wuye-pay/contract/failure';

/**
 * Sorts the problems of a refusal: those of a field of this form go to the field, the others to
 * the message above the form. Problems of nested fields ('areas.0.builtM2') go to the first part.
 */
export function problemsByField(
  problems: readonly Problem[],
  fields: readonly string[],
): { readonly fields: ReadonlyMap<string, string[]>; readonly rest: readonly string[] } {
  const found = new Map<string, string[]>();
  const rest: string[] = [];
  for (const { field, reason } of problems) {
    const [first = ''] = field?.split('.') ?? [];
    const name = field !== undefined && fields.includes(field) ? field : first;
    if (fields.includes(name)) found.set(name, [...(found.get(name) ?? []), reason]);
    else rest.push(field ? `${field}: ${reason}` : reason);
  }
  return { fields: found, rest };
}
