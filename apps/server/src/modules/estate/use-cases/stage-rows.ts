import { createHash } from 'node:crypto';
import type { Deps } from '../../../platform/deps.ts';
import { columnIndex, type TableRow } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import type { FeeDraft } from '../domain/import/fee-row.ts';
import { createHouseList, type HouseList, type ListedUnit } from '../domain/import/house-list.ts';
import { type Columns, columnsOf, type RowReader, readRow } from '../domain/import/row-reader.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';
import { skippedRow, skipReason } from '../domain/import/skip.ts';
import type { Occupant } from '../domain/import/unit-row.ts';
import { sealPerson } from '../person-secrets.ts';
import type { StagedPerson, StagedProblem, StagedUnit } from '../store/staging-store.ts';

/** Beyond these a list of problems helps nobody; bad rows are counted all the same. */
const maxProblems = 5000;
const shownSkipped = 20;

export interface RowBatch {
  readonly units: StagedUnit[];
  readonly people: StagedPerson[];
  readonly buildings: {
    readonly id: string;
    readonly sheet: string;
    readonly rowNo: number;
    readonly building: { readonly community: string; readonly name: string };
  }[];
}

/** What was found in one sheet while its rows went by. */
export interface SheetTally {
  readonly sheet: RecognisedSheet;
  readonly sheetNo: number;
  readonly columns: Columns;
  readonly dataRows: Set<number>;
  readonly badRows: Set<number>;
  readonly problems: StagedProblem[];
  readonly skipped: { row: number; text: string; reason: string }[];
  skippedRows: number;
  warnings: number;
}

export interface RowStager {
  /** Reads rows of a sheet into what the tables take. */
  rows(sheetName: string, rows: readonly TableRow[]): RowBatch;
  /** Ends a sheet: rows inside merged cells are problems. @returns all problems of the sheet */
  sheetEnd(sheetName: string, merges: readonly string[]): readonly StagedProblem[];
  readonly tallies: readonly SheetTally[];
  readonly fees: readonly FeeDraft[];
}

export interface StageContext {
  readonly companyId: string;
  readonly community: string | null;
  readonly sheets: readonly RecognisedSheet[];
}

export function createRowStager(
  deps: Pick<Deps, 'clock' | 'secrets'>,
  context: StageContext,
): RowStager {
  const has = (kind: string) => context.sheets.some((sheet) => sheet.kind === kind);
  const list = createHouseList({
    community: context.community,
    hasFees: has('fees'),
    hasOwners: has('owners'),
  });
  const tallies = context.sheets.map((sheet, index) => newTally(sheet, index + 1));
  const tallyOf = new Map(tallies.map((tally) => [tally.sheet.name, tally]));
  const unitIds: (string | undefined)[] = [];
  const fees: FeeDraft[] = [];
  const nextId = () => newId(deps.clock.now());

  function takeRow(tally: SheetTally, row: TableRow, batch: RowBatch): void {
    const skip = skipReason(row, tally.columns, tally.sheet);
    if (skip !== undefined) return noteSkipped(tally, row, skip);
    tally.dataRows.add(row.no);
    const reader = readRow(row, tally.columns, tally.sheet);
    const listed = takeFacts(list, tally, reader, batch);
    const isBad = reader.problems.some(({ severity }) => severity === 'error');
    noteProblems(tally, reader);
    if (!listed) return;
    if (listed.unit && !isBad) {
      const id = nextId();
      unitIds[listed.unitNo] = id;
      batch.units.push({ id, sheet: tally.sheet.name, rowNo: row.no, unit: listed.unit });
    }
    const importUnitId = unitIds[listed.unitNo];
    if (importUnitId === undefined || isBad) return;
    for (const person of listed.people) batch.people.push(stagePerson(person, importUnitId));
  }

  function takeFacts(
    houses: HouseList,
    tally: SheetTally,
    reader: RowReader,
    batch: RowBatch,
  ): ListedUnit | undefined {
    const { kind, name } = tally.sheet;
    if (kind === 'units') return houses.takeUnit(reader);
    if (kind === 'parking') return houses.takeParking(reader);
    if (kind === 'owners') houses.takeOwner(reader);
    if (kind === 'fees') {
      const fee = houses.takeFee(reader);
      if (fee) fees.push(fee);
    }
    if (kind === 'buildings') {
      const building = houses.takeBuilding(reader);
      if (building) batch.buildings.push({ id: nextId(), sheet: name, rowNo: reader.no, building });
    }
    return undefined;
  }

  function stagePerson(person: Occupant, importUnitId: string): StagedPerson {
    const sealed = sealPerson(deps.secrets, context.companyId, person);
    const id = nextId();
    // People of one name and phone are one; without a phone each home has its own.
    const key = createHash('sha256').update(sealed.nameIndex);
    key.update(sealed.phoneIndex ?? sealed.idNumberIndex ?? importUnitId);
    const { role, fromOn, toOn } = person;
    const personKey = key.digest().subarray(0, 16);
    return { ...sealed, id, importUnitId, personKey, role, fromOn, toOn };
  }

  function noteProblems(tally: SheetTally, reader: RowReader): void {
    for (const problem of reader.problems) note(tally, { ...problem, id: nextId() });
  }

  return {
    tallies,
    fees,
    rows(sheetName, rows) {
      const batch: RowBatch = { units: [], people: [], buildings: [] };
      const tally = tallyOf.get(sheetName);
      if (!tally) return batch;
      const first = (tally.sheet.headerRow ?? 0) + 1;
      for (const row of rows) if (row.no >= first) takeRow(tally, row, batch);
      return batch;
    },
    sheetEnd(sheetName, merges) {
      const tally = tallyOf.get(sheetName);
      if (!tally) return [];
      for (const merge of merges) noteMerge(tally, merge, nextId);
      return tally.problems;
    },
  };
}

function newTally(sheet: RecognisedSheet, sheetNo: number): SheetTally {
  return {
    sheet,
    sheetNo,
    columns: columnsOf(sheet),
    dataRows: new Set(),
    badRows: new Set(),
    problems: [],
    skipped: [],
    skippedRows: 0,
    warnings: 0,
  };
}

function noteSkipped(tally: SheetTally, row: TableRow, reason: string): void {
  tally.skippedRows += 1;
  if (tally.skipped.length < shownSkipped) tally.skipped.push(skippedRow(row, reason));
}

function note(tally: SheetTally, problem: Omit<StagedProblem, 'sheet' | 'sheetNo'>): void {
  if (problem.severity === 'error') tally.badRows.add(problem.row);
  else tally.warnings += 1;
  if (tally.problems.length >= maxProblems) return;
  tally.problems.push({ ...problem, sheet: tally.sheet.name, sheetNo: tally.sheetNo });
}

/** Only the first cell of a merged area has a value: it is not spread over the others silently. */
function noteMerge(tally: SheetTally, merge: string, nextId: () => string): void {
  const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(merge);
  if (!match) return;
  const [left, right] = [columnIndex(match[1] ?? ''), columnIndex(match[3] ?? '')];
  const [top, bottom] = [Number(match[2]), Number(match[4])];
  for (const { index, column, header } of tally.columns.values()) {
    if (index < left || index > right) continue;
    for (const row of tally.dataRows) {
      if (row < top || row > bottom || (row === top && index === left)) continue;
      const at = tally.problems.findIndex((each) => each.row === row && each.column === column);
      if (at >= 0) tally.problems.splice(at, 1);
      note(tally, {
        id: nextId(),
        severity: 'error',
        row,
        column,
        header,
        value: null,
        reason: `单元格 ${column}${row} 属于合并单元格 ${merge}，只有 ${match[1]}${top} 有内容`,
        advice: '请取消合并，并在每一行都填写',
      });
    }
  }
}
