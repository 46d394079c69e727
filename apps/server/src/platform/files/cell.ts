/** Why the content of a cell cannot be trusted. */
export type CellFault =
  /** A formula that the program which saved the file never worked out. */
  | 'formula-without-value'
  /** #REF!, #N/A … */
  | 'error-value'
  /** A number of more than 15 digits: spreadsheets keep only the first 15. */
  | 'number-too-long'
  | 'text-too-long';

/** The text of a cell, with its spelling made plain; '' where there is none. */
export type Cell = string | { readonly fault: CellFault; readonly text: string };

export interface TableRow {
  /** Counted from 1, as the spreadsheet program shows it. */
  readonly no: number;
  readonly cells: readonly Cell[];
}

export interface TableSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean;
}

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** "AB12" → 27; -1 when there are no letters. */
export function columnIndex(reference: string): number {
  let index = 0;
  for (const letter of /^[A-Za-z]{1,3}/.exec(reference)?.[0].toUpperCase() ?? '') {
    index = index * 26 + (letter.charCodeAt(0) - 64);
  }
  return index - 1;
}
