import type { ImportField, ImportSheet } from '@wuye-pay/contract';
import { maskDigits, maskName } from '../mask.ts';
import {
  type DataSheetKind,
  fieldOfHeader,
  fieldsByKind,
  isPersonal,
  isUnneeded,
} from './fields.ts';
import { cellText, columnLetter, type RecognisedSheet, type SourceRow } from './sheet.ts';

/** Titles, notes and pictures may stand above the header. */
const headerSearchRows = 20;
const sampleCount = 5;
/** A header that fits several kinds is the first of these. */
const kinds: readonly DataSheetKind[] = ['parking', 'fees', 'units', 'owners', 'buildings'];

interface Candidate {
  readonly kind: DataSheetKind;
  readonly row: SourceRow;
  readonly found: number;
}

/** Finds header, kind and meaning of the columns in the first rows of a sheet. */
export function recogniseSheet(
  sheet: { readonly name: string; readonly hidden: boolean; readonly from1904: boolean },
  rows: readonly SourceRow[],
): RecognisedSheet {
  const best = sheet.hidden ? undefined : findHeader(rows);
  return {
    name: sheet.name,
    kind: best?.kind ?? 'ignore',
    headerRow: best?.row.no ?? null,
    columns: describeColumns(rows, best?.row.no ?? null, (header) =>
      best ? (fieldOfHeader(best.kind, header) ?? null) : null,
    ),
    skipped: [],
    skippedRows: 0,
    counts: null,
    placeholders: findPlaceholders(rows),
    from1904: sheet.from1904,
  };
}

function findHeader(rows: readonly SourceRow[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const row of rows.slice(0, headerSearchRows)) {
    for (const kind of kinds) {
      const fields = new Set(row.cells.map((cell) => fieldOfHeader(kind, cellText(cell))));
      const isWhole = fieldsByKind[kind].every((each) => !each.required || fields.has(each.field));
      fields.delete(undefined);
      // Two words of the trade make a header; one may be a title.
      if (!isWhole || fields.size < 2) continue;
      if (!best || fields.size > best.found) best = { kind, row, found: fields.size };
    }
  }
  return best;
}

/** Each field belongs to one column: the first. */
export function describeColumns(
  rows: readonly SourceRow[],
  headerRow: number | null,
  fieldOf: (header: string, column: string) => ImportField | null,
): ImportSheet['columns'] {
  const header = rows.find(({ no }) => no === headerRow);
  const body = rows.filter(({ no }) => headerRow === null || no > headerRow);
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const used = new Set<ImportField>();
  return Array.from({ length: width }, (_none, index) => {
    const text = cellText(header?.cells[index]);
    const column = columnLetter(index);
    const wanted = fieldOf(text, column);
    const field = wanted !== null && !used.has(wanted) ? wanted : null;
    if (field) used.add(field);
    // A column of which nothing is known may hold names: its short words are shown like names.
    const mayBeNames = field === null && text !== '' && !isUnneeded(text);
    const samples = samplesOf(body, index, field).map((sample) =>
      mayBeNames && /^[\u4e00-\u9fff·]{2,4}$/.test(sample) ? maskName(sample) : sample,
    );
    return { column, header: text, field, samples };
  }).filter(({ header: text, samples }) => text !== '' || samples.length > 0);
}

function samplesOf(rows: readonly SourceRow[], index: number, field: ImportField | null): string[] {
  return rows
    .map(({ cells }) => cellText(cells[index]))
    .filter(Boolean)
    .slice(0, sampleCount)
    .map((text) => maskedSample(text, field));
}

/** A text of a person's column never leaves as it is; elsewhere long numbers lose their middle. */
export function maskedSample(text: string, field: ImportField | null): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  if (field === 'ownerName') return maskName(short);
  if (isPersonal(field)) return short.length > 7 ? `${short.slice(0, 3)}****` : '****';
  return maskDigits(short);
}

/** "手机号 | 没有时固定写13900009999": values that mean "none" in this file. */
function findPlaceholders(rows: readonly SourceRow[]): RecognisedSheet['placeholders'] {
  const found: Partial<Record<ImportField, string[]>> = {};
  for (const { cells } of rows) {
    cells.forEach((cell, index) => {
      const named = kinds.map((kind) => fieldOfHeader(kind, cellText(cell))).find(Boolean);
      if (named !== 'phone' && named !== 'idNumber' && named !== 'builtArea') return;
      const value = /没有[^,。;]*?(?:写|填)\s*([0-9Xx]{1,20})/.exec(
        cellText(cells[index + 1]),
      )?.[1];
      if (value) found[named] = [...(found[named] ?? []), value];
    });
  }
  return found;
}
