import { type Cell, columnIndex, type TableRow } from './cell.ts';
import { fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';
import { dayOfSerial, numberText } from './number-text.ts';
import { plainText } from './plain-text.ts';
import { unescapeText, type Workbook } from './read-workbook.ts';
import { readXml } from './read-xml.ts';

export interface SheetReader {
  /** Called with rows as they come. @returns false to stop */
  rows(rows: TableRow[]): Promise<boolean>;
}

interface CellInWork {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  /** undefined: the cell has no value at all. */
  value: string | undefined;
}

type Sheet = Workbook['sheets'][number];

/** @returns the merged areas, which the file states after its rows */
export async function readSheet(
  workbook: Workbook,
  sheet: Sheet,
  reader: SheetReader,
): Promise<string[]> {
  const merges: string[] = [];
  let pending: TableRow[] = [];
  let rowNo = 0;
  let nextColumn = 0;
  let cells: Cell[] = [];
  let cell: CellInWork | undefined;
  let capturing = false;
  let phonetic = false;

  function openRow(attributes: Readonly<Record<string, string>>): void {
    rowNo = Number(attributes['r'] ?? rowNo + 1);
    nextColumn = 0;
    cells = [];
  }
  function openCell(attributes: Readonly<Record<string, string>>): void {
    // Some writers leave out where a cell is: then it follows the one before.
    const reference = attributes['r'];
    const column = reference === undefined ? nextColumn : columnIndex(reference);
    nextColumn = column + 1;
    const style = Number(attributes['s'] ?? 0);
    cell = { column, style, type: attributes['t'] ?? 'n', hasFormula: false, value: undefined };
  }
  function closeCell(): void {
    if (!cell) return;
    const content = contentOf(workbook, sheet, cell);
    const { column } = cell;
    cell = undefined;
    if (content === '') return;
    if (column < 0 || column >= fileLimits.columns) {
      const values = { sheet: sheet.name, row: rowNo, limit: fileLimits.columns };
      throw fileErrors.FILE_TOO_MANY_COLUMNS({ values });
    }
    while (cells.length < column) cells.push('');
    cells[column] = content;
  }

  await readXml(await workbook.parts.open(sheet.path), {
    open(name, attributes) {
      if (name === 'row') openRow(attributes);
      else if (name === 'c') openCell(attributes);
      else if (name === 'f' && cell) cell.hasFormula = true;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'v' || name === 't') capturing = cell !== undefined;
      else if (name === 'mergeCell' && merges.length < fileLimits.mergesPerSheet) {
        merges.push(attributes['ref'] ?? '');
      }
    },
    text(piece) {
      if (!capturing || phonetic || !cell) return;
      if ((cell.value ?? '').length <= fileLimits.cellLength)
        cell.value = (cell.value ?? '') + piece;
    },
    close(name) {
      if (name === 'v' || name === 't') capturing = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c') closeCell();
      else if (name === 'row' && cells.length > 0) pending.push({ no: rowNo, cells });
    },
    async pause() {
      if (pending.length === 0) return true;
      const rows = pending;
      pending = [];
      return await reader.rows(rows);
    },
  });
  if (pending.length > 0) await reader.rows(pending);
  return merges;
}

function contentOf(workbook: Workbook, sheet: Sheet, cell: CellInWork): Cell {
  const { value, type } = cell;
  if (value === undefined || value === '') {
    // A formula whose result is an empty text has one, of type str.
    return cell.hasFormula && type !== 'str' ? { fault: 'formula-without-value', text: '' } : '';
  }
  if (type === 's') return bounded(workbook.sharedStrings[Number(value)] ?? '');
  if (type === 'inlineStr' || type === 'str') return bounded(plainText(unescapeText(value)));
  if (type === 'e') return { fault: 'error-value', text: value };
  if (type === 'b') return value === '1' ? '是' : '否';
  if (type === 'd') return value.slice(0, 10);
  const day = workbook.dateStyles[cell.style] && dayOfSerial(Number(value), sheet.from1904);
  return day || numberText(value);
}

function bounded(text: string): Cell {
  if (text.length <= fileLimits.cellLength) return text;
  return { fault: 'text-too-long', text: text.slice(0, fileLimits.cellLength) };
}
