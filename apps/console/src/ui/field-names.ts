/** Names of a form's fields, nested ones with dots: { a: 1, b: { c: 2 } } → a, b, b.c. */
export function fieldNames(values: unknown, prefix = ''): string[] {
  if (!isPlain(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    const path = prefix + name;
    return [path, ...fieldNames(value, `${path}.`)];
  });
}

/** A group of fields, not a value such as a day or a list. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}
