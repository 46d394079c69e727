import iconv from 'iconv-lite';
import type { Cell, TableRow } from './cell.ts';
import { fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';
import { plainText } from './plain-text.ts';

/** `auto` takes UTF-8 where the bytes allow it. */
export type CsvEncoding = 'auto' | 'utf-8' | 'gbk';

interface CsvRow {
  readonly row: TableRow;
  /** How much of the text is read, from 0 to 1. */
  readonly share: number;
}

/**
 * Rows of a text file: UTF-8 with or without mark, GBK (GB 18030), or the UTF-16 of "Unicode text".
 * @throws FILE_ENCODING_UNKNOWN, FILE_TOO_MANY_COLUMNS
 */
export function* readCsv(
  bytes: Buffer,
  name: string,
  encoding: CsvEncoding = 'auto',
): Generator<CsvRow> {
  const text = decode(bytes, encoding);
  let no = 0;
  for (const { cells, end } of splitRows(text, separatorOf(text))) {
    no += 1;
    if (cells.length > fileLimits.columns && cells.slice(fileLimits.columns).some(Boolean)) {
      const values = { sheet: name, row: no, limit: fileLimits.columns };
      throw fileErrors.FILE_TOO_MANY_COLUMNS({ values });
    }
    const content = cells.map(contentOf);
    if (content.some((cell) => cell !== ''))
      yield { row: { no, cells: content }, share: end / text.length };
  }
}

function decode(bytes: Buffer, encoding: CsvEncoding): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf16-le');
  if (bytes.includes(0)) throw fileErrors.FILE_NOT_A_TABLE();
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const utf8 = encoding === 'gbk' && !hasMark ? undefined : utf8Of(bytes);
  if (utf8 !== undefined) return utf8;
  if (encoding === 'utf-8') throw fileErrors.FILE_ENCODING_UNKNOWN();
  const text = iconv.decode(bytes, 'gb18030');
  if (text.includes('\ufffd')) throw fileErrors.FILE_ENCODING_UNKNOWN();
  return text;
}

function utf8Of(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

/** The one that the first line has most of; a title above the table has none. */
function separatorOf(text: string): string {
  const lines = text.slice(0, searchedCharacters).split(/[\r\n]+/);
  const line = lines.find((each) => /[,\t;]/.test(each)) ?? '';
  const count = (separator: string) => line.split(separator).length;
  return [',', '\t', ';'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Titles above a table take a few lines. */
const searchedCharacters = 20_000;

/** RFC 4180, and what programs make of it: quotes inside quotes, lines inside cells, any line end. */
function* splitRows(
  text: string,
  separator: string,
): Generator<{ readonly cells: string[]; readonly end: number }> {
  const special = new RegExp(`["${separator}\r\n]`, 'g');
  let row: string[] = [];
  let cell = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"' && cell === '') {
      const end = closingQuote(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      continue;
    }
    special.lastIndex = at;
    const found = special.exec(text)?.index ?? text.length;
    const mark = text[found];
    if (mark === '"') {
      cell += text.slice(at, found + 1);
      at = found + 1;
      continue;
    }
    row.push(cell + text.slice(at, found));
    cell = '';
    at = found + 1;
    if (mark === separator) continue;
    if (mark === '\r' && text[at] === '\n') at += 1;
    yield { cells: row, end: at };
    row = [];
  }
  if (cell !== '' || row.length > 0) yield { cells: [...row, cell], end: at };
}

/** Where a quoted cell ends; a quote that is never closed ends with the file. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}

function contentOf(text: string): Cell {
  // 1.1E+17 and ="0012" are what a spreadsheet program makes of numbers when it saves a CSV.
  const bare = /^="(.*)"$/.exec(text)?.[1] ?? text;
  const plain = plainText(bare.slice(0, fileLimits.cellLength + 1));
  if (/^\d(\.\d+)?E\+\d+$/i.test(plain)) return { fault: 'number-too-long', text: plain };
  if (plain.length <= fileLimits.cellLength) return plain;
  return { fault: 'text-too-long', text: plain.slice(0, fileLimits.cellLength) };
}
