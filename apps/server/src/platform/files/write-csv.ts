import { Readable } from 'node:stream';

export type CsvCell = string | number | null;

/** A CSV that spreadsheet programs open with the right characters: UTF-8 with mark, CRLF. */
export function csvStream(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${csvLine(header)}`;
    for await (const row of rows) yield csvLine(row);
  }
  return Readable.from(lines(), { objectMode: false, highWaterMark: 64 * 1024 });
}

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A text that begins like a formula would be run by the program that opens the file.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
