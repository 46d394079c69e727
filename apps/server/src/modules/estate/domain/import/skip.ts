import { maskDigits } from '../mask.ts';
import { type Columns, readRow } from './row-reader.ts';
import { cellText, type RecognisedSheet, type SourceRow } from './sheet.ts';

export interface SkippedRow {
  readonly row: number;
  readonly text: string;
  readonly reason: string;
}

const note = /^(填表|填写)?(说明|须知|注意|注意事项|备注|提示|示例|样例|注)([:：]|\d|$)/;
const total = /^(合计|小计|总计|共计)([:：]|$)/;
const hint = /^(必填|选填|非必填|可不填|文本|数字)$/;

/** Rows that are not data: explanations beside or below it, totals, headers once more. */
export function skipReason(
  row: SourceRow,
  columns: Columns,
  sheet: RecognisedSheet,
): string | undefined {
  const reader = readRow(row, columns, sheet);
  const mapped = [...columns].map(([field, { header }]) => ({ text: reader.text(field), header }));
  const filled = mapped.filter(({ text }) => text !== '');
  if (filled.length === 0 && reader.problems.length === 0) return '说明文字，不在数据列中';
  const first = row.cells.map(cellText).find((text) => text !== '') ?? '';
  const firstFilled = filled[0]?.text ?? '';
  if (note.test(first) || note.test(firstFilled)) return '说明文字';
  if (total.test(first) || total.test(firstFilled)) return '合计行';
  if (filled.length > 0 && filled.every(({ text }) => hint.test(text))) return '填写提示';
  if (filled.length > 1 && filled.every(({ text, header }) => text === header)) return '重复的表头';
  return undefined;
}

export function skippedRow(row: SourceRow, reason: string): SkippedRow {
  const text = maskDigits(row.cells.map(cellText).filter(Boolean).join(' '));
  return { row: row.no, text: text.length > 80 ? `${text.slice(0, 80)}…` : text, reason };
}
