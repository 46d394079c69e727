import { type Cell, columnIndex, type TableRow } from './cell.ts';
import { fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';
import { dayOfSerial, numberText } from './number-text.ts';
import { plainText } from './plain-text.ts';
import { unescapeText, type Workbook } from './read-workbook.ts';
import { readXml, type XmlHandlers } from './read-xml.ts';

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
  const builder = createRowBuilder(workbook, sheet);
  await readXml(await workbook.parts.open(sheet.path), {
    open(name, attributes) {
      builder.open(name, attributes);
      if (name === 'mergeCell' && merges.length < fileLimits.mergesPerSheet) {
        merges.push(attributes['ref'] ?? '');
      }
    },
    text: builder.text,
    close: builder.close,
    async pause() {
      const rows = builder.take();
      return rows.length === 0 || (await reader.rows(rows));
    },
  });
  const rest = builder.take();
  if (rest.length > 0) await reader.rows(rest);
  return merges;
}

type RowBuilder = Required<Pick<XmlHandlers, 'open' | 'text' | 'close'>> & {
  /** The rows that are whole, each once. */
  take(): TableRow[];
};

function createRowBuilder(workbook: Workbook, sheet: Sheet): RowBuilder {
  let rows: TableRow[] = [];
  let rowNo = 0;
  let nextColumn = 0;
  let cells: Cell[] = [];
  let cell: CellInWork | undefined;
  let capturing = false;
  let phonetic = false;

  return {
    open(name, attributes) {
      if (name === 'row') {
        rowNo = Number(attributes['r'] ?? rowNo + 1);
        nextColumn = 0;
        cells = [];
      } else if (name === 'c') {
        cell = cellInWork(attributes, nextColumn);
        nextColumn = cell.column + 1;
      } else if (name === 'f' && cell) cell.hasFormula = true;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'v' || name === 't') capturing = cell !== undefined;
    },
    text(piece) {
      if (!capturing || phonetic || !cell) return;
      const before = cell.value ?? '';
      if (before.length <= fileLimits.cellLength) cell.value = before + piece;
    },
    close(name) {
      if (name === 'v' || name === 't') capturing = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'row' && cells.length > 0) rows.push({ no: rowNo, cells });
      else if (name === 'c' && cell) {
        const content = contentOf(workbook, sheet, cell);
        if (content !== '') put(cells, cell.column, content, { sheet: sheet.name, row: rowNo });
        cell = undefined;
      }
    },
    take() {
      const whole = rows;
      rows = [];
      return whole;
    },
  };
}

/** Some writers leave out where a cell is: then it follows the one before. */
function cellInWork(attributes: Readonly<Record<string, string>>, nextColumn: number): CellInWork {
  const reference = attributes['r'];
  return {
    column: reference === undefined ? nextColumn : columnIndex(reference),
    style: Number(attributes['s'] ?? 0),
    type: attributes['t'] ?? 'n',
    hasFormula: false,
    value: undefined,
  };
}

function put(
  cells: Cell[],
  column: number,
  content: Cell,
  place: { readonly sheet: string; readonly row: number },
): void {
  if (column < 0 || column >= fileLimits.columns) {
    throw fileErrors.FILE_TOO_MANY_COLUMNS({ values: { ...place, limit: fileLimits.columns } });
  }
  while (cells.length < column) cells.push('');
  cells[column] = content;
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
