import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface CsvColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null | undefined;
}

/**
 * Streams rows as CSV: UTF-8 with a byte order mark, so that Excel and WPS read Chinese. A text
 * that a spreadsheet would run as a formula gets an apostrophe before it. The first row is read
 * before the answer begins, so that a refusal is answered as one.
 */
export async function sendCsv<Row>(
  reply: FastifyReply,
  fileName: string,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): Promise<FastifyReply> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('cache-control', 'no-store')
    .send(Readable.from(linesOf(columns, first, iterator)));
}

/** Every item of a list that pages by key, page after page. */
export async function* everyItem<Item>(
  readPage: (after: string | undefined) => Promise<{ items: Item[]; next: string | null }>,
): AsyncGenerator<Item> {
  let after: string | undefined;
  do {
    const { items, next } = await readPage(after);
    yield* items;
    after = next ?? undefined;
  } while (after !== undefined);
}

async function* linesOf<Row>(
  columns: readonly CsvColumn<Row>[],
  first: IteratorResult<Row>,
  rest: AsyncIterator<Row>,
) {
  yield `\uFEFF${columns.map(({ title }) => csvCell(title)).join(',')}\r\n`;
  for (let row = first; !row.done; row = await rest.next()) {
    const { value } = row;
    yield `${columns.map(({ cell }) => csvCell(cell(value))).join(',')}\r\n`;
  }
}

function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const isAmount = /^-?\d+(\.\d+)?$/.test(value);
  // Excel and WPS also read the wide forms of these signs.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !isAmount ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
