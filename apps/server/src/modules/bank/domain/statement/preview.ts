import type { BankField } from '@wuye-pay/contract';
import { maskText } from '../mask.ts';
import { cellText, columnLetter, type FoundLayout, headingText, type SourceRow } from './table.ts';

/** The first rows of a table, for whoever says what its columns are. */
export interface Preview {
  readonly headerRow: number | null;
  readonly columns: {
    readonly column: string;
    readonly header: string;
    readonly field: BankField | null;
  }[];
  readonly rows: { readonly row: number; readonly cells: string[] }[];
}

const shownRows = 12;
const shownCharacters = 40;

export const emptyPreview: Preview = { headerRow: null, columns: [], rows: [] };

/** Around the header where one was found, else from the top. */
export function previewOf(rows: readonly SourceRow[], found: FoundLayout | undefined): Preview {
  const from = found ? rows.findIndex(({ no }) => no === found.headerRow) : 0;
  const shown = rows.slice(Math.max(0, from), Math.max(0, from) + shownRows);
  const width = Math.max(0, ...shown.map(({ cells }) => cells.length));
  const guess = found ? undefined : likelyHeader(rows);
  return {
    headerRow: found?.headerRow ?? guess?.no ?? null,
    columns: Array.from({ length: width }, (_none, index) => {
      const known = found?.columns[index];
      const header = known?.header ?? headingText(guess?.cells[index]);
      return { column: columnLetter(index), header, field: known?.field ?? null };
    }),
    rows: shown.map(({ no, cells }) => ({
      row: no,
      cells: cells.map((cell) => maskText(cellText(cell)).slice(0, shownCharacters)),
    })),
  };
}

/** The first row with many texts and a word for a day in it. */
function likelyHeader(rows: readonly SourceRow[]): SourceRow | undefined {
  return rows.find(({ cells }) => {
    const texts = cells.map(headingText).filter((text) => text !== '');
    return texts.length >= 3 && texts.some((text) => /日期|时间|date/i.test(text));
  });
}
