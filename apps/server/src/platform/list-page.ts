import { platformErrors } from './errors.ts';

/** One page of a list that is read by the key of the row before it. */
export interface ListPage<Item> {
  items: Item[];
  /** An opaque mark: what to send as `after` for the next page; null on the last one. */
  next: string | null;
}

/** One row more than `limit` tells whether there is another page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  keyOf: (row: Row) => readonly (string | number)[],
): ListPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { items: shown.map(show), next: isMore ? writeMark(keyOf(last)) : null };
}

/** The key of the row after which the next page begins, as an opaque text. */
function writeMark(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** What each part of a key may look like, so that a forged mark is refused and not a 500. */
export const markForms = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  day: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  number: /^\d{1,15}$/,
  text: /^[^\0]{0,200}$/,
} as const;

/** The parts of a key, all as texts. @throws INPUT_INVALID for a mark that no list gave out */
export function readMark<Mark extends string | undefined>(
  mark: Mark,
  forms: readonly RegExp[],
): Mark extends string ? string[] : undefined;
export function readMark(mark: string | undefined, forms: readonly RegExp[]) {
  if (mark === undefined) return undefined;
  const key = parse(Buffer.from(mark, 'base64url').toString('utf8'));
  const isOurs = key.length === forms.length && forms.every((form, at) => form.test(key[at] ?? ''));
  if (isOurs) return key;
  const problem = { field: 'after', reason: '不是本列表给出的翻页位置，请从第一页重新查看' };
  throw platformErrors.INPUT_INVALID({ problems: [problem] });
}

function parse(text: string): string[] {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values.map(String) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return []; // Refused like any other mark that is not ours.
    throw error;
  }
}
