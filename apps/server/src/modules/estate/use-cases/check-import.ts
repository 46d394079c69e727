import type { SheetKind } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { readTable } from '../../../platform/files/index.ts';
import { newId } from '../../../platform/id.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';
import { openFile } from '../import-file.ts';
import { companyFacts } from '../store/company-store.ts';
import { readChunks } from '../store/import-file-store.ts';
import {
  type Claimed,
  finishImport,
  holdsClaim,
  type ImportRecord,
  type ImportTotals,
  reportProgress,
} from '../store/import-store.ts';
import {
  countChanges,
  countNewPlaces,
  matchStaged,
  type SheetChanges,
} from '../store/match-staged.ts';
import {
  clearStaging,
  insertProblems,
  insertStagedBuildings,
  insertStagedPeople,
  insertStagedUnits,
} from '../store/staging-store.ts';
import { sumChanges } from './import-units.ts';
import { recogniseFile } from './recognise-file.ts';
import { createRowStager, type RowBatch, type RowStager } from './stage-rows.ts';

type CheckDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** Owners and fees are read first: units name them. */
const readingOrder: readonly SheetKind[] = ['buildings', 'owners', 'fees', 'units', 'parking'];
/** Longer than any batch takes; a worker that died is followed after this. */
export const leaseMs = 60_000;

/** Another worker took over: what this one did is worthless, and its rows are gone. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** The dry run: reads the whole file, puts its rows aside and says what they would change. */
export async function checkImport(
  deps: CheckDeps,
  companyId: string,
  record: ImportRecord,
  claimed: Claimed,
): Promise<void> {
  const chunks = await deps.db.read(companyId, (tx) => readChunks(tx, record.id));
  const bytes = openFile(deps, companyId, chunks);
  const sheets = record.mapped ? record.sheets : await recogniseFile(bytes);
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    await clearStaging(tx, record.id, false);
  });
  const community = record.communityName;
  const stager = createRowStager(deps, { companyId, community, sheets });
  const rowsRead = await stageFile(deps, companyId, claimed, bytes, stager);
  await finishCheck(deps, companyId, claimed, stager, rowsRead);
}

async function stageFile(
  deps: CheckDeps,
  companyId: string,
  claimed: Claimed,
  bytes: Buffer,
  stager: RowStager,
): Promise<number> {
  const names = readingOrder.flatMap((kind) =>
    stager.tallies.filter(({ sheet }) => sheet.kind === kind).map(({ sheet }) => sheet.name),
  );
  let rowsRead = 0;
  if (names.length === 0) return rowsRead;
  await readTable(
    bytes,
    { sheets: names },
    {
      async rows(name, rows, share) {
        rowsRead += rows.length;
        // The last tenth is the comparison with what is there.
        const progress = { rowsRead, percent: Math.floor(share * 90) };
        await writeBatch(deps, companyId, claimed, stager.rows(name, rows), progress);
      },
      async sheetEnd(name, merges) {
        const problems = stager.sheetEnd(name, merges);
        if (problems.length === 0) return;
        await deps.db.transaction(companyId, (tx) =>
          insertProblems(tx, claimed.importId, problems),
        );
      },
    },
  );
  return rowsRead;
}

function writeBatch(
  deps: CheckDeps,
  companyId: string,
  claimed: Claimed,
  batch: RowBatch,
  progress: { readonly rowsRead: number; readonly percent: number },
): Promise<void> {
  const { importId } = claimed;
  return deps.db.transaction(companyId, async (tx) => {
    const until = new Date(deps.clock.now().getTime() + leaseMs);
    if (!(await reportProgress(tx, claimed, { ...progress, until }))) throw new ClaimLost();
    if (batch.buildings.length > 0) await insertStagedBuildings(tx, importId, batch.buildings);
    if (batch.units.length > 0) await insertStagedUnits(tx, importId, batch.units);
    if (batch.people.length > 0) await insertStagedPeople(tx, importId, batch.people);
  });
}

async function finishCheck(
  deps: CheckDeps,
  companyId: string,
  claimed: Claimed,
  stager: RowStager,
  rowsRead: number,
): Promise<void> {
  const { importId } = claimed;
  const at = deps.clock.now();
  await deps.db.transaction(companyId, async (tx) => {
    if (!(await holdsClaim(tx, claimed))) throw new ClaimLost();
    const { timeZone } = await companyFacts(tx);
    const scope = { importId, today: dayOf(at, timeZone) };
    await matchStaged(tx, scope);
    const changes = await countChanges(tx, scope);
    const general = generalProblems(stager, newId(at));
    if (general.length > 0) await insertProblems(tx, importId, general);
    const bad = stager.tallies.reduce((sum, { badRows }) => sum + badRows.size, general.length);
    const totals: ImportTotals = {
      ...(await countNewPlaces(tx, scope)),
      ...sumChanges(changes),
      bad,
      warnings: stager.tallies.reduce((sum, { warnings }) => sum + warnings, 0),
      fees: stager.fees.length,
    };
    const sheets = stager.tallies.map((tally) => describeSheet(tally, changes));
    const finished = { state: 'checked', failure: null, totals, sheets, rowsRead } as const;
    await finishImport(tx, importId, { ...finished, fees: stager.fees }, at);
  });
}

/** What is wrong with the file as a whole. */
function generalProblems({ tallies }: RowStager, id: string) {
  const isAnyData = tallies.some(({ sheet }) => ['units', 'parking'].includes(sheet.kind));
  const hasRows = tallies.some(({ dataRows }) => dataRows.size > 0);
  if (isAnyData && hasRows) return [];
  return [
    {
      id,
      severity: 'error' as const,
      sheetNo: 0,
      sheet: tallies[0]?.sheet.name ?? '',
      row: tallies[0]?.sheet.headerRow ?? 1,
      column: null,
      header: null,
      value: null,
      reason: isAnyData
        ? '文件中没有任何房屋数据'
        : '没有认出房屋表：找不到“房号”或“车位编号”这样的表头',
      advice: isAnyData
        ? '请在表头下面填写房屋后重新上传'
        : '请在“表和列的对应”中指定表头所在行和各列的含义，或下载模板按模板填写',
    },
  ];
}

function describeSheet(
  tally: RowStager['tallies'][number],
  changes: readonly SheetChanges[],
): RecognisedSheet {
  const own = sumChanges(changes.filter(({ sheet }) => sheet === tally.sheet.name));
  return {
    ...tally.sheet,
    skipped: tally.skipped,
    skippedRows: tally.skippedRows,
    counts: {
      rows: tally.dataRows.size,
      ...own,
      bad: tally.badRows.size,
      warnings: tally.warnings,
    },
  };
}
