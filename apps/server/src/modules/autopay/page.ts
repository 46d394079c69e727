import {
  type ListPage,
  pageOf as listPageOf,
  markForms,
  readMark,
} from '../../platform/list-page.ts';

const defaultLimit = 50;

export interface PageInput {
  readonly after?: string;
  readonly limit?: number;
}

/** Reads one row more than a page, which tells whether another page follows. */
export async function pageOf<Row extends { readonly id: string }>(
  { after, limit = defaultLimit }: PageInput,
  read: (page: { after: string | undefined; limit: number }) => Promise<Row[]>,
): Promise<ListPage<Row>> {
  const [id] = readMark(after, [markForms.id]) ?? [];
  const rows = await read({ after: id, limit: limit + 1 });
  return listPageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.id],
  );
}
