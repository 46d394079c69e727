import { createHash } from 'node:crypto';
import type { SheetKind } from '@wuye-pay/contract';
import type { Deps } from '../../../platform/deps.ts';
import { columnIndex, type TableRow } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import type { ListedUnit } from '../domain/import/door-register.ts';
import type { FeeDraft } from '../domain/import/fee-row.ts';
import {
  createHouseList,
  type HouseList,
  type ListedBuilding,
} from '../domain/import/house-list.ts';
import { type Columns, columnsOf, type RowReader, readRow } from '../domain/import/row-reader.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';
import { skippedRow, skipReason } from '../domain/import/skip.ts';
import type { Occupant } from '../domain/import/unit-row.ts';
import { sealPerson } from '../person-secrets.ts';
import type { StagedPerson, StagedProblem, StagedRow, StagedUnit } from '../store/staging-store.ts';

/** Beyond these a list of problems helps nobody; bad rows are counted all the same. */
const maxProblems = 5000;
const shownSkipped = 20;

export interface RowBatch {
  readonly units: StagedUnit[];
  readonly people: StagedPerson[];
  readonly buildings: (StagedRow & { readonly building: ListedBuilding })[];
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
  const { community } = context;
  const houses = createHouseList({ community, hasFees: has('fees'), hasOwners: has('owners') });
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
    const facts = factsOf(houses, tally.sheet.kind, reader);
    for (const problem of reader.problems) note(tally, { ...problem, id: nextId() });
    const isBad = reader.problems.some(({ severity }) => severity === 'error');
    if (isBad || !facts) return;
    const at = { id: nextId(), sheet: tally.sheet.name, rowNo: row.no };
    if ('no' in facts) fees.push(facts);
    else if ('name' in facts) batch.buildings.push({ ...at, building: facts });
    else stageUnit(facts, at, batch);
  }

  function stageUnit(facts: ListedUnit, at: StagedRow, batch: RowBatch): void {
    const { unitNo, unit, people } = facts;
    if (unit) {
      unitIds[unitNo] = at.id;
      batch.units.push({ ...at, unit });
    }
    // Without an id the first row of the unit was bad, and the import will not be taken over.
    const importUnitId = unitIds[unitNo];
    if (importUnitId === undefined) return;
    for (const person of people) {
      batch.people.push(stagePerson(deps, context.companyId, person, importUnitId));
    }
  }

  return {
    tallies,
    fees,
    rows(sheetName, rows) {
      const batch: RowBatch = { units: [], people: [], buildings: [] };
      const tally = tallyOf.get(sheetName);
      const first = (tally?.sheet.headerRow ?? 0) + 1;
      for (const row of rows) if (tally && row.no >= first) takeRow(tally, row, batch);
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

function factsOf(
  houses: HouseList,
  kind: SheetKind,
  reader: RowReader,
): ListedUnit | FeeDraft | ListedBuilding | undefined {
  switch (kind) {
    case 'units':
      return houses.takeUnit(reader);
    case 'parking':
      return houses.takeParking(reader);
    case 'fees':
      return houses.takeFee(reader);
    case 'buildings':
      return houses.takeBuilding(reader);
    case 'owners':
      houses.takeOwner(reader);
      return undefined;
    case 'ignore':
      return undefined;
  }
}

function stagePerson(
  deps: Pick<Deps, 'clock' | 'secrets'>,
  companyId: string,
  person: Occupant,
  importUnitId: string,
): StagedPerson {
  const sealed = sealPerson(deps.secrets, companyId, person);
  // People of one name and phone (or id number) are one; without either each home has its own.
  const personKey = createHash('sha256')
    .update(sealed.nameIndex)
    .update(sealed.phoneIndex ?? sealed.idNumberIndex ?? importUnitId)
    .digest()
    .subarray(0, 16);
  const { role, fromOn, toOn } = person;
  return { ...sealed, id: newId(deps.clock.now()), importUnitId, personKey, role, fromOn, toOn };
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
