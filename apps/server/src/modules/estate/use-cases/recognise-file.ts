import { readTable, type TableRow } from '../../../platform/files/index.ts';
import { recogniseSheet } from '../domain/import/recognise.ts';
import type { RecognisedSheet } from '../domain/import/sheet.ts';

/** Enough for header, samples and the explanations that stand beside the first rows. */
const firstRows = 60;

type SheetStart = Parameters<typeof recogniseSheet>[0];

/** Looks at the first rows of every sheet. */
export async function readFirstRows(
  bytes: Buffer,
): Promise<{ readonly sheet: SheetStart; readonly rows: readonly TableRow[] }[]> {
  const found = new Map<string, { sheet: SheetStart; rows: TableRow[] }>();
  await readTable(
    bytes,
    { rowsPerSheet: firstRows },
    {
      sheet: (sheet) => void found.set(sheet.name, { sheet, rows: [] }),
      rows: (name, rows) => void found.get(name)?.rows.push(...rows),
    },
  );
  return [...found.values()];
}

export async function recogniseFile(bytes: Buffer): Promise<RecognisedSheet[]> {
  return (await readFirstRows(bytes)).map(({ sheet, rows }) => recogniseSheet(sheet, rows));
}
