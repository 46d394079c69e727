import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { houseWorkbook, rawWorkbook } from '../../../test/workbook-builders.ts';
import { AppError } from '../errors.ts';
import { type Cell, readTable, type TableRow } from './index.ts';

async function rowsOf(bytes: Uint8Array): Promise<readonly TableRow[]> {
  const found: TableRow[] = [];
  await readTable(bytes, {}, { rows: (_sheet, rows) => void found.push(...rows) });
  return found;
}

async function cellsOf(bytes: Uint8Array): Promise<(readonly Cell[])[]> {
  return (await rowsOf(bytes)).map(({ cells }) => cells);
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const error: unknown = await rowsOf(bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error(`not refused in words: ${String(error)}`);
  expect(error.text('zh'), 'no gap is left in the words').not.toMatch(/[{}]/);
  return error.code;
}

test('texts come from the shared table, from the cell, and from runs of letters', async () => {
  const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c>
    <c r="B1" t="inlineStr"><is><r><t>建筑</t></r><r><t>面积</t></r></is></c>
    <c r="D1" t="str"><f>A1</f><v>甲</v></c></row>`;
  const sharedStrings =
    '<si><r><rPr/><t>楼</t></r><r><t xml:space="preserve">号 </t></r><rPh><t>lou</t></rPh></si>';
  expect(await cellsOf(rawWorkbook({ rows, sharedStrings }))).toEqual([
    ['楼号', '建筑面积', '', '甲'],
  ]);
});

test('cells and rows that do not say where they are follow each other', async () => {
  const rows =
    '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>';
  expect(await rowsOf(rawWorkbook({ rows }))).toEqual([
    { no: 1, cells: ['甲', '1'] },
    { no: 2, cells: ['', '2'] },
  ]);
});

test('full-width digits and letters, and spaces of any kind, become plain', async () => {
  expect(
    await cellsOf(houseWorkbook([['１栋', ' ３０１\u3000', 'Ａ座\u200b', '王\n小明']])),
  ).toEqual([['1栋', '301', 'A座', '王 小明']]);
});

test.each([
  ['94.560000000000002', '94.56'],
  ['1.3900009999E10', '13900009999'],
  ['0.1', '0.1'],
  ['301', '301'],
  ['0.0000001', '0.0000001'],
])('the number %s reads as %s', async (raw, text) => {
  expect(
    await cellsOf(rawWorkbook({ rows: `<row r="1"><c r="A1"><v>${raw}</v></c></row>` })),
  ).toEqual([[text]]);
});

test('an 18-digit number is marked: the file has already lost its last digits', async () => {
  const rows =
    '<row r="1"><c r="A1"><v>110101199003070000</v></c><c r="B1"><v>1.1E+17</v></c></row>';
  const fault = 'number-too-long';
  expect(await cellsOf(rawWorkbook({ rows }))).toEqual([
    [
      { fault, text: '110101199003070000' },
      { fault, text: '1.1E+17' },
    ],
  ]);
});

test('a formula gives the value it was saved with; without one it is marked', async () => {
  const rows = `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*2</f></c>
    <c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`;
  expect(await cellsOf(rawWorkbook({ rows }))).toEqual([
    [
      '2',
      { fault: 'formula-without-value', text: '' },
      '',
      { fault: 'error-value', text: '#DIV/0!' },
    ],
  ]);
});

const chineseDate = 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;';
const dateStyles = `<numFmts><numFmt numFmtId="176" formatCode="${chineseDate}"/>
  <numFmt numFmtId="177" formatCode="#,##0.00_);[Red]"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>
  <xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>`;

test('days are read from their serials, whatever the format calls them', async () => {
  const rows = `<row r="1"><c r="A1" s="1"><v>43992</v></c><c r="B1" s="2"><v>43992.75</v></c>
    <c r="C1" s="3"><v>43992</v></c><c r="D1"><v>43992</v></c>
    <c r="E1" t="d"><v>2020-06-10T00:00:00</v></c><c r="F1" t="b"><v>1</v></c></row>`;
  expect(await cellsOf(rawWorkbook({ rows, styles: dateStyles }))).toEqual([
    ['2020-06-10', '2020-06-10', '43992', '43992', '2020-06-10', '是'],
  ]);
});

test('a workbook that counts days from 1904 is understood', async () => {
  const rows = '<row r="1"><c r="A1" s="1"><v>42530</v></c></row>';
  const found = await cellsOf(rawWorkbook({ rows, styles: dateStyles, from1904: true }));
  expect(found).toEqual([['2020-06-10']]);
});

test('merged areas are told, and their value is not spread', async () => {
  const rows =
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>2</v></c></row>';
  const after = '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>';
  const merged: string[] = [];
  const cells: (readonly Cell[])[] = [];
  await readTable(
    rawWorkbook({ rows, after }),
    {},
    {
      rows: (_sheet, found) => void cells.push(...found.map((row) => row.cells)),
      sheetEnd: (_sheet, merges) => void merged.push(...merges),
    },
  );
  expect(cells).toEqual([['1'], ['', '2']]);
  expect(merged).toEqual(['A1:A2']);
});

const csv = '楼栋,房号,业主\r\n1,301,"王, ""小""明"\r\n\r\n2,"4\n02",';

test.each([
  ['UTF-8 with mark', Buffer.from(`\ufeff${csv}`)],
  ['UTF-8 without mark', Buffer.from(csv)],
  ['GBK', iconv.encode(csv, 'gbk')],
  ['Unicode text', Buffer.concat([Buffer.of(0xff, 0xfe), iconv.encode(csv, 'utf16-le')])],
])('a CSV in %s reads the same', async (_name, bytes) => {
  expect(await rowsOf(bytes)).toEqual([
    { no: 1, cells: ['楼栋', '房号', '业主'] },
    { no: 2, cells: ['1', '301', '王, "小"明'] },
    { no: 4, cells: ['2', '4 02', ''] },
  ]);
});

test('a CSV that a program filled with exponents or with ="…" is understood', async () => {
  const bytes = Buffer.from('a\tb\n="0012"\t1.10101E+17\n');
  expect(await cellsOf(bytes)).toEqual([
    ['a', 'b'],
    ['0012', { fault: 'number-too-long', text: '1.10101E+17' }],
  ]);
});

const ole2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const zeros = (megabytes: number) => new Uint8Array(megabytes * 1024 * 1024);
const level9 = { level: 9 as const };

test.each([
  ['an empty file', 'FILE_EMPTY', () => new Uint8Array()],
  ['an old .xls', 'FILE_OLD_EXCEL', () => Buffer.concat([ole2, Buffer.alloc(4096)])],
  [
    'a workbook with a password',
    'FILE_ENCRYPTED',
    () => Buffer.concat([ole2, Buffer.from('EncryptedPackage', 'utf16le')]),
  ],
  ['a file of 100 MB', 'FILE_TOO_LARGE', () => zeros(100)],
  ['a picture', 'FILE_NOT_A_TABLE', () => Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  ['a web page called .xls', 'FILE_NOT_A_TABLE', () => Buffer.from('<html><table></table></html>')],
  ['an archive of something else', 'FILE_NOT_A_TABLE', () => zipSync({ 'a.txt': strToU8('a') })],
  ['half a workbook', 'FILE_DAMAGED', () => houseWorkbook([['甲']]).subarray(0, 700)],
  [
    'a workbook with broken XML',
    'FILE_DAMAGED',
    () => rawWorkbook({ rows: '<row r="1"><c r="A1"><v>1</c></row>' }),
  ],
  [
    'a workbook with entities of its own',
    'FILE_DAMAGED',
    () =>
      rawWorkbook({
        rows: '',
        parts: {
          'xl/sharedStrings.xml': strToU8(
            '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>',
          ),
        },
      }),
  ],
  [
    'a zip bomb that says what it is',
    'FILE_UNPACKS_TOO_LARGE',
    () => zipSync({ '_rels/.rels': [zeros(201), level9] }),
  ],
  [
    'a zip bomb in the part that is read',
    'FILE_DAMAGED',
    () => rawWorkbook({ rows: '', parts: { 'xl/sharedStrings.xml': [zeros(60), level9] } }),
  ],
  ['a zip bomb that lies about its size', 'FILE_DAMAGED', () => lyingBomb()],
  [
    'more rows than a house list has',
    'FILE_TOO_MANY_ROWS',
    () => rawWorkbook({ rows: '<row><c><v>1</v></c></row>'.repeat(100_001) }),
  ],
  [
    'more columns than a house list has',
    'FILE_TOO_MANY_COLUMNS',
    () => rawWorkbook({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }),
  ],
  ['a CSV in no known encoding', 'FILE_ENCODING_UNKNOWN', () => Buffer.from('ff81ff30ff', 'hex')],
])('%s is refused in words: %s', { timeout: 60_000 }, async (_name, code, bytes) => {
  expect(await refusal(bytes())).toBe(code);
});

/** The directory says 10 bytes where 60 MB unpack. */
function lyingBomb(): Uint8Array {
  const bytes = Buffer.from(
    rawWorkbook({ rows: '', parts: { 'xl/sharedStrings.xml': [zeros(60), level9] } }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(60 * 1024 * 1024);
  for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 4)) {
    bytes.writeUInt32LE(10, at);
  }
  return bytes;
}
