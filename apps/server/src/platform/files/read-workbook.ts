import type { TableSheet } from './cell.ts';
import { fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';
import { openPackage, type Package } from './open-package.ts';
import { plainText } from './plain-text.ts';
import { readStyles } from './read-styles.ts';
import { readXml } from './read-xml.ts';

/** What the sheets of a workbook share. */
export interface Workbook {
  readonly parts: Package;
  readonly sheets: readonly (TableSheet & { readonly path: string })[];
  readonly sharedStrings: readonly string[];
  /** By the number of a cell's style: whether it shows a date. */
  readonly dateStyles: readonly boolean[];
}

export async function readWorkbook(bytes: Buffer): Promise<Workbook> {
  const parts = await openPackage(bytes);
  const main = await mainPart(parts);
  const targets = await readRelations(parts, relationsOf(main));
  const sheets = await readSheets(parts, main, targets.byId);
  const stylesPath = targets.byType.get('styles');
  const stringsPath = targets.byType.get('sharedStrings');
  return {
    parts,
    sheets,
    dateStyles: stylesPath && parts.has(stylesPath) ? await readStyles(parts, stylesPath) : [],
    sharedStrings:
      stringsPath && parts.has(stringsPath) ? await readSharedStrings(parts, stringsPath) : [],
  };
}

async function mainPart(parts: Package): Promise<string> {
  if (!parts.has('_rels/.rels')) throw fileErrors.FILE_NOT_A_TABLE();
  const main = (await readRelations(parts, '_rels/.rels')).byType.get('officeDocument');
  if (main?.endsWith('.bin')) throw fileErrors.FILE_BINARY_EXCEL();
  if (!main || !/(^|\/)workbook[^/]*\.xml$/i.test(main)) throw fileErrors.FILE_NOT_A_TABLE();
  return main;
}

interface Relations {
  readonly byId: ReadonlyMap<string, string>;
  /** By the last word of the type. */
  readonly byType: ReadonlyMap<string, string>;
}

async function readRelations(parts: Package, path: string): Promise<Relations> {
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  const folder = path.replace(/_rels\/[^/]*$/, '');
  await readXml(await parts.open(path), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const target = resolve(folder, attributes['Target'] ?? '');
      byId.set(attributes['Id'] ?? '', target);
      byType.set((attributes['Type'] ?? '').replace(/^.*\//, ''), target);
    },
  });
  return { byId, byType };
}

function relationsOf(path: string): string {
  return path.replace(/([^/]*)$/, '_rels/$1.rels');
}

function resolve(folder: string, target: string): string {
  return new URL(target, `file:///${folder}`).pathname.slice(1);
}

async function readSheets(
  parts: Package,
  path: string,
  targets: ReadonlyMap<string, string>,
): Promise<(TableSheet & { path: string })[]> {
  const found: { name: string; hidden: boolean; path: string }[] = [];
  let from1904 = false;
  await readXml(await parts.open(path), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1];
      const target = targets.get(relation ?? '');
      // A sheet that is only a chart has no cells.
      if (!target || !parts.has(target) || target.includes('chartsheets/')) return;
      const hidden = /hidden/i.test(attributes['state'] ?? '');
      found.push({ name: plainText(attributes['name'] ?? ''), hidden, path: target });
    },
  });
  if (found.length > fileLimits.sheets) {
    throw fileErrors.FILE_TOO_MANY_PARTS({ values: { limit: fileLimits.sheets } });
  }
  return found.map((sheet) => ({ ...sheet, from1904 }));
}

async function readSharedStrings(parts: Package, path: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let depth = 0;
  let phonetic = false;
  let characters = 0;
  await readXml(await parts.open(path), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
      if (name === 't') depth += 1;
    },
    text(piece) {
      if (depth > 0 && !phonetic && text.length <= fileLimits.cellLength) text += piece;
    },
    close(name) {
      if (name === 't') depth -= 1;
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      // One character more than allowed tells the reader of the cell that it was cut.
      const string = plainText(unescapeText(text)).slice(0, fileLimits.cellLength + 1);
      characters += string.length;
      if (characters > fileLimits.sharedCharacters) throw fileErrors.FILE_DAMAGED();
      strings.push(string);
    },
  });
  return strings;
}

/** Office writes characters that XML forbids as _x000D_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_match, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
