import type { BankField, BankLayoutContent } from '@wuye-pay/contract';

/** A cell of a table: its text, or why it cannot be trusted. */
export type SourceCell = string | { readonly fault: string; readonly text: string };
export interface SourceRow {
  readonly no: number;
  readonly cells: readonly SourceCell[];
}

export interface Column {
  /** A, B, … as the spreadsheet program says. */
  readonly column: string;
  readonly index: number;
  readonly header: string;
  readonly field: BankField | null;
}

/** Where a layout found its columns in a file. */
export interface FoundLayout {
  readonly headerRow: number;
  /** Rows after this one are entries. */
  readonly lastHeaderRow: number;
  readonly columns: readonly Column[];
}

/** Banks put titles, the account and the period above the header. */
export const headerSearchRows = 40;

export function cellText(cell: SourceCell | undefined): string {
  if (cell === undefined) return '';
  return (typeof cell === 'string' ? cell : cell.text).trim();
}

/** 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

/** The header row is the first in which all columns of the layout are found. */
export function findLayout(
  rows: readonly SourceRow[],
  content: BankLayoutContent,
): FoundLayout | undefined {
  for (const [at, row] of rows.slice(0, headerSearchRows).entries()) {
    const below = content.headerRows === 2 ? rows[at + 1] : undefined;
    if (content.headerRows === 2 && below?.no !== row.no + 1) continue;
    const columns = columnsOf(headersOf(row, below), content);
    if (!columns) continue;
    return { headerRow: row.no, lastHeaderRow: below?.no ?? row.no, columns };
  }
  return undefined;
}

/** The text of each column's heading; of two rows, the upper one spans what stands below it. */
export function headersOf(upper: SourceRow, lower: SourceRow | undefined): string[] {
  const top = upper.cells.map(headingText);
  if (!lower) return top;
  const bottom = lower.cells.map(headingText);
  let spanning = '';
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_none, index) => {
    const [above = '', below = ''] = [top[index], bottom[index]];
    if (above !== '') spanning = above;
    if (below === '') return above;
    return above === '' && spanning === '' ? below : `${spanning}/${below}`;
  });
}

/** Headings differ in blanks, brackets and units; they mean the same. */
export function headingText(cell: SourceCell | undefined): string {
  return cellText(cell)
    .replace(/\s+/g, '')
    .replace(/[（(](元|RMB|CNY|人民币)[)）]$/i, '');
}

function columnsOf(
  headers: readonly string[],
  content: BankLayoutContent,
): readonly Column[] | undefined {
  const fields = new Map<number, BankField>();
  for (const { field, header } of content.columns) {
    const index = indexOf(headers, header);
    if (index === undefined) return undefined;
    fields.set(index, field);
  }
  return headers.map((header, index) => ({
    column: columnLetter(index),
    index,
    header,
    field: fields.get(index) ?? null,
  }));
}

function indexOf(headers: readonly string[], wanted: string): number | undefined {
  const letter = /^=([A-Z]{1,2})$/.exec(wanted)?.[1];
  const index =
    letter === undefined
      ? headers.indexOf(headingText(wanted))
      : headers.findIndex((_header, at) => columnLetter(at) === letter);
  return index < 0 ? undefined : index;
}

/** What a layout must name so that an entry can be read. @returns what is missing, in Chinese */
export function missingIn(content: BankLayoutContent): string | undefined {
  const has = (field: BankField) => content.columns.some((each) => each.field === field);
  if (!has('bookedOn')) return '记账日期';
  if (content.amountStyle === 'two-columns') {
    if (!has('credit')) return '收入（贷方）金额';
    return has('debit') ? undefined : '支出（借方）金额';
  }
  if (!has('amount')) return '金额';
  if (content.amountStyle !== 'direction') return undefined;
  if (!has('direction')) return '借贷标志';
  const hasWords = content.creditWords.length > 0 && content.debitWords.length > 0;
  return hasWords ? undefined : '借贷标志的写法（哪些表示收入，哪些表示支出）';
}
