type Texts<Row, Key extends keyof Row> = Omit<Row, Key> & {
  [Field in Key]: Row[Field] extends Date ? string : string | null;
};

/** A row with its instants as the contract writes them, RFC 3339. */
export function instants<Row extends object, Key extends keyof Row>(
  row: Row,
  keys: readonly Key[],
): Texts<Row, Key> {
  const texts = keys.map((key) => {
    const value: unknown = row[key];
    return [key, value instanceof Date ? value.toISOString() : null];
  });
  return { ...row, ...Object.fromEntries(texts) } as Texts<Row, Key>;
}
