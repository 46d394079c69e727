import { platformErrors } from '../../platform/errors.ts';

const defaultLimit = 50;
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface PageInput {
  readonly after?: string;
  readonly limit?: number;
}

/** One row more than a page tells whether another page follows. */
export async function pageOf<Row extends { readonly id: string }>(
  { after, limit = defaultLimit }: PageInput,
  read: (page: { after: string | undefined; limit: number }) => Promise<Row[]>,
): Promise<{ items: Row[]; next: string | null }> {
  if (after !== undefined && !idPattern.test(after)) {
    const reason = '页码无效，请从第一页开始';
    throw platformErrors.INPUT_INVALID({ problems: [{ field: 'after', reason }] });
  }
  const rows = await read({ after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
