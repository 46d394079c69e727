import { readTable, type TableRow } from '../../../platform/files/index.ts';
import { layoutPresets } from '../domain/statement/presets.ts';
import { type Preview, previewOf } from '../domain/statement/preview.ts';
import { type FoundLayout, findLayout } from '../domain/statement/table.ts';
import { previewRows } from '../limits.ts';
import type { ChosenLayout } from '../store/import-store.ts';

export interface RecognisedTable {
  /** null: no layout fits; the preview then shows what there is. */
  readonly sheet: string | null;
  readonly layout: ChosenLayout | null;
  readonly found: FoundLayout | null;
  readonly preview: Preview;
}

/**
 * Finds how a table is to be read: by the layout that was chosen, else by the first one that was
 * saved whose headings are there, else by an example of ours.
 */
export async function recogniseLayout(
  bytes: Buffer,
  chosen: ChosenLayout | null,
  saved: readonly ChosenLayout[],
): Promise<RecognisedTable> {
  const sheets = await readFirstRows(bytes, chosen?.content.encoding ?? 'auto');
  const candidates = chosen ? [chosen] : [...saved, ...examples];
  for (const layout of candidates) {
    for (const { name, rows } of sheets) {
      const found = findLayout(rows, layout.content);
      if (found) return { sheet: name, layout, found, preview: previewOf(rows, found) };
    }
  }
  const preview = previewOf(sheets[0]?.rows ?? [], undefined);
  return { sheet: null, layout: chosen, found: null, preview };
}

const examples: readonly ChosenLayout[] = layoutPresets.map((preset) => ({ id: null, ...preset }));

async function readFirstRows(
  bytes: Buffer,
  encoding: 'auto' | 'utf-8' | 'gbk',
): Promise<{ name: string; rows: TableRow[] }[]> {
  const sheets = new Map<string, TableRow[]>();
  const hidden = new Set<string>();
  await readTable(
    bytes,
    { rowsPerSheet: previewRows, encoding },
    {
      sheet({ name, hidden: isHidden }) {
        sheets.set(name, []);
        if (isHidden) hidden.add(name);
      },
      rows(name, rows) {
        sheets.get(name)?.push(...rows);
      },
    },
  );
  return [...sheets].filter(([name]) => !hidden.has(name)).map(([name, rows]) => ({ name, rows }));
}
