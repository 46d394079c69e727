import { strToU8, zipSync } from 'fflate';
import { columnName } from './cell.ts';

export type CellToWrite = string | number | null;

export interface SheetToWrite {
  readonly name: string;
  /** Character widths, one for each column. */
  readonly widths?: readonly number[];
  /** The first row is bold and stays in view. */
  readonly rows: readonly (readonly CellToWrite[])[];
}

/** A workbook that Excel and WPS open: every cell says where it is, texts stand in the cells. */
export function writeWorkbook(sheets: readonly SheetToWrite[]): Uint8Array {
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': part(contentTypes(sheets.length)),
    '_rels/.rels': part(relations([['officeDocument', 'xl/workbook.xml']])),
    'xl/workbook.xml': part(workbook(sheets)),
    'xl/_rels/workbook.xml.rels': part(
      relations([
        ...sheets.map(
          (_sheet, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const,
        ),
        ['styles', 'styles.xml'],
      ]),
    ),
    'xl/styles.xml': part(styles),
  };
  sheets.forEach((sheet, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] = part(worksheet(sheet));
  });
  return zipSync(files, { level: 6, mtime: new Date(2000, 0, 1) });
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org';
const main = `xmlns="${office}/spreadsheetml/2006/main"`;

function part(xml: string): Uint8Array {
  return strToU8(head + xml);
}

function contentTypes(sheetCount: number): string {
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (path: string, type: string) =>
    `<Override PartName="${path}" ContentType="${spreadsheet}.${type}+xml"/>`;
  const sheets = Array.from({ length: sheetCount }, (_none, index) =>
    override(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  );
  return `<Types xmlns="${office}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/styles.xml', 'styles')}${sheets.join('')}
</Types>`;
}

function relations(list: readonly (readonly [type: string, target: string])[]): string {
  const items = list.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${office}/package/2006/relationships">${items.join('')}</Relationships>`;
}

function workbook(sheets: readonly SheetToWrite[]): string {
  const items = sheets.map(
    ({ name }, index) =>
      `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `<workbook ${main} xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${items.join('')}</sheets></workbook>`;
}

/** 0 plain text, 1 bold heading. Both are of the format "text", so that 0012 stays 0012. */
const styles = `<styleSheet ${main}><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

function worksheet({ rows, widths = [] }: SheetToWrite): string {
  const columns = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="0" customWidth="1"/>`,
  );
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const written = rows.map((cells, index) => {
    const no = index + 1;
    return `<row r="${no}">${cells.map((cell, column) => cellXml(cell, column, no)).join('')}</row>`;
  });
  return `<worksheet ${main}>${frozen}${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: CellToWrite, column: number, row: number): string {
  if (cell === null || cell === '') return '';
  const where = `r="${columnName(column)}${row}" s="${row === 1 ? 1 : 0}"`;
  if (typeof cell === 'number') return `<c ${where}><v>${cell}</v></c>`;
  return `<c ${where} t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => escapes[character] ?? character)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
