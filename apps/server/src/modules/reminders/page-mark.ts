import { platformErrors } from '../../platform/errors.ts';

export interface ListPage<Item> {
  items: Item[];
  next: string | null;
}

/** One row more than asked for tells whether there is another page; `next` is its opaque mark. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Item,
  mark: (row: Row) => readonly (string | number)[],
): ListPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  const next = isMore ? Buffer.from(JSON.stringify(mark(last))).toString('base64url') : null;
  return { items: shown.map(show), next };
}

/** @throws INPUT_INVALID for a mark that this list did not give out */
export function readMark(
  mark: string | undefined,
  forms: readonly RegExp[],
): (string | number)[] | undefined {
  if (mark === undefined) return undefined;
  const values = parse(Buffer.from(mark, 'base64url').toString('utf8'));
  const isOurs =
    Array.isArray(values) &&
    values.length === forms.length &&
    forms.every((form, index) => isPart(values[index]) && form.test(String(values[index])));
  if (!isOurs) {
    const problem = { field: 'after', reason: '不是本列表给出的翻页位置，请从第一页重新查看' };
    throw platformErrors.INPUT_INVALID({ problems: [problem] });
  }
  return values as (string | number)[];
}

export const markForms = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  instant: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
} as const;

function isPart(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
