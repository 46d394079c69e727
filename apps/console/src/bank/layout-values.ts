import type { Answer, Body } from '../api/client.ts';

export type Content = Body<'PUT /api/bank-imports/:bankImportId/layout'>['content'];
export type BankField = Content['columns'][number]['field'];
type Preview = Answer<'GET /api/bank-imports/:bankImportId'>['preview'];

export const fields: readonly BankField[] = [
  'bookedOn',
  'amount',
  'credit',
  'debit',
  'direction',
  'balance',
  'counterpartyName',
  'counterpartyAccount',
  'counterpartyBank',
  'text',
  'bankReference',
  'subAccount',
  'ownAccount',
  'currency',
];

/** What a new layout begins with. */
export const emptyContent: Content = {
  headerRows: 1,
  columns: [],
  amountStyle: 'two-columns',
  creditIsNegative: false,
  creditWords: ['贷', '收入', '转入'],
  debitWords: ['借', '支出', '转出'],
  dateFormat: 'auto',
  encoding: 'auto',
  checksBalance: true,
};

/** Headings as the server reads them: blanks and a unit in brackets mean nothing. */
export function headersOf({ rows, headerRow, columns }: Preview, headerRows: number): string[] {
  const at = rows.findIndex(({ row }) => row === headerRow);
  const top = (rows[Math.max(at, 0)]?.cells ?? []).map(headingText);
  if (headerRows === 1) return columns.map((_column, index) => top[index] ?? '');
  const bottom = (rows[Math.max(at, 0) + 1]?.cells ?? []).map(headingText);
  let spanning = '';
  return columns.map((_column, index) => {
    const above = top[index] ?? '';
    const below = bottom[index] ?? '';
    if (above !== '') spanning = above;
    if (below === '') return above;
    return above === '' && spanning === '' ? below : `${spanning}/${below}`;
  });
}

/** The first values below the headings. */
export function samplesOf(
  { rows, headerRow }: Preview,
  headerRows: number,
  index: number,
): string[] {
  const last = headerRow === null ? 0 : headerRow + headerRows - 1;
  const body = rows.filter(({ row }) => row > last);
  return body.flatMap(({ cells }) => cells[index] || []).slice(0, shownSamples);
}

const shownSamples = 4;

/** A column is named by its heading where that is its own, else by its letter. */
export function columnsOf(
  chosen: readonly (BankField | null)[],
  headers: readonly string[],
  letters: readonly string[],
): Content['columns'] {
  return chosen.flatMap((field, index) => {
    if (field === null) return [];
    const header = headers[index] ?? '';
    const isOwn = header !== '' && headers.indexOf(header) === headers.lastIndexOf(header);
    return [{ field, header: isOwn ? header : `=${letters[index] ?? 'A'}` }];
  });
}

export function wordsOf(text: string): string[] {
  return text.split(/[,，、\s]+/).filter((word) => word !== '');
}

function headingText(text: string): string {
  return text.replace(/\s+/g, '').replace(/[（(](元|RMB|CNY|人民币)[)）]$/i, '');
}
