import { strToU8, type Zippable, zipSync } from 'fflate';
import { type CellToWrite, writeWorkbook } from '../src/platform/files/index.ts';

/** A workbook with one sheet of houses. */
export function houseWorkbook(
  rows: readonly (readonly CellToWrite[])[],
  name = '房屋',
): Uint8Array {
  return writeWorkbook([{ name, rows }]);
}

export interface RawWorkbook {
  /** The rows of the one sheet, as XML. */
  readonly rows: string;
  /** What stands after them, such as <mergeCells>. */
  readonly after?: string;
  /** The <si> items. */
  readonly sharedStrings?: string;
  /** The children of <styleSheet>. */
  readonly styles?: string;
  readonly from1904?: boolean;
  /** More or other parts. */
  readonly parts?: Zippable;
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook made by hand, for what no tidy program writes. */
export function rawWorkbook(raw: RawWorkbook): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${packageRelations}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relationships}"><workbookPr${raw.from1904 ? ' date1904="1"' : ''}/><sheets><sheet name="房屋" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRelations}">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', '/xl/styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${raw.rows}</sheetData>${raw.after ?? ''}</worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${raw.sharedStrings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${main}>${raw.styles ?? ''}</styleSheet>`,
  };
  const files: Zippable = {};
  for (const [path, xml] of Object.entries(parts)) files[path] = strToU8(xml);
  return zipSync({ ...files, ...raw.parts });
}
