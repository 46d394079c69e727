import type { ImportField, ImportSheet } from '@wuye-pay/contract';

/** What was recognised of a sheet, as the import keeps it. */
export interface RecognisedSheet extends Omit<ImportSheet, 'counts'> {
  /** Values that the file's explanations give for "there is none". */
  readonly placeholders: Readonly<Partial<Record<ImportField, readonly string[]>>>;
  readonly from1904: boolean;
  readonly counts: ImportSheet['counts'];
}

/** A row of a file as the reader gives it. */
export interface SourceRow {
  readonly no: number;
  readonly cells: readonly SourceCell[];
}

export type SourceCell =
  | string
  | {
      readonly fault: 'formula-without-value' | 'error-value' | 'number-too-long' | 'text-too-long';
      readonly text: string;
    };

export function cellText(cell: SourceCell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

/** 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

export function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
