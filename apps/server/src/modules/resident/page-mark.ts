import { platformErrors } from '../../platform/errors.ts';

/** The place in a list after which the next page begins, as an opaque text. */
export function writeMark(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws INPUT_INVALID for a mark that this list did not give out */
export function readMark(
  mark: string | undefined,
  kinds: readonly ('string' | 'number')[],
): (string | number)[] | undefined {
  if (mark === undefined) return undefined;
  const values = parse(Buffer.from(mark, 'base64url').toString('utf8'));
  const isOurs =
    Array.isArray(values) &&
    values.length === kinds.length &&
    values.every((value, index) => typeof value === kinds[index]);
  if (!isOurs) {
    const problem = { field: 'after', reason: '不是本列表给出的翻页位置，请从第一页重新查看' };
    throw platformErrors.INPUT_INVALID({ problems: [problem] });
  }
  return values as (string | number)[];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export interface ListPage<Item> {
  items: Item[];
  next: string | null;
}

/** One row more than asked for tells whether there is another page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  mark: (row: Row) => readonly (string | number)[],
): ListPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writeMark(mark(last)) : null;
  return { items: shown.map(show), next };
}
