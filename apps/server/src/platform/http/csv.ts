import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { Temporal } from 'temporal-polyfill';

export interface CsvColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null | undefined;
}

/**
 * Streams rows as CSV: UTF-8 with a byte order mark, so that Excel and WPS read Chinese. A text
 * that a spreadsheet would run as a formula gets an apostrophe before it, a number too long for
 * one a tab; instants are told in the reader's time zone. The first row is read before the answer
 * begins, so that a refusal is answered as one.
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
    .send(Readable.from(linesOf(columns, first, iterator, reply.request.actor?.timeZone)));
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
  timeZone = 'UTC',
) {
  yield `\uFEFF${columns.map(({ title }) => csvCell(title, timeZone)).join(',')}\r\n`;
  for (let row = first; !row.done; row = await rest.next()) {
    const { value } = row;
    yield `${columns.map(({ cell }) => csvCell(cell(value), timeZone)).join(',')}\r\n`;
  }
}

/** Spreadsheets round longer numbers: a trade number would end in zeros. */
const spreadsheetDigits = 15;

function csvCell(value: string | number | null | undefined, timeZone: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return localTime(value, timeZone);
  if (/^\d+$/.test(value) && value.length > spreadsheetDigits) return `\t${value}`;
  const isAmount = /^-?\d+(\.\d+)?$/.test(value);
  // Excel and WPS also read the wide forms of these signs.
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !isAmount ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** "2026-11-25 09:15:09", which a spreadsheet reads as a time. */
function localTime(instant: string, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ');
}
