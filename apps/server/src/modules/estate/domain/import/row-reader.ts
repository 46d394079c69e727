import type { ImportField } from '@wuye-pay/contract';
import { maskedSample } from './recognise.ts';
import { columnNumber, type RecognisedSheet, type SourceCell, type SourceRow } from './sheet.ts';

export interface RowProblem {
  readonly severity: 'error' | 'warning';
  readonly row: number;
  readonly column: string | null;
  readonly header: string | null;
  /** Masked where it is personal. */
  readonly value: string | null;
  readonly reason: string;
  readonly advice: string;
}

/** One row seen through the mapping of its sheet; collects what is wrong with it. */
export interface RowReader {
  readonly no: number;
  readonly sheet: RecognisedSheet;
  has(field: ImportField): boolean;
  /** '' for an empty cell, and for one that cannot be trusted: that is then a problem already. */
  text(field: ImportField): string;
  fail(field: ImportField | null, reason: string, advice: string): void;
  warn(field: ImportField | null, reason: string, advice: string): void;
  readonly problems: readonly RowProblem[];
}

export interface ColumnOfField {
  readonly index: number;
  readonly column: string;
  readonly header: string;
}

export type Columns = ReadonlyMap<ImportField, ColumnOfField>;

export function columnsOf(sheet: Pick<RecognisedSheet, 'columns'>): Columns {
  return new Map(
    sheet.columns.flatMap(({ column, header, field }) =>
      field ? [[field, { index: columnNumber(column), column, header }] as const] : [],
    ),
  );
}

export function readRow(row: SourceRow, columns: Columns, sheet: RecognisedSheet): RowReader {
  const problems: RowProblem[] = [];
  const cell = (field: ImportField): SourceCell => row.cells[columns.get(field)?.index ?? -1] ?? '';
  const add = (severity: RowProblem['severity']) => {
    return (field: ImportField | null, reason: string, advice: string): void => {
      const at = field ? columns.get(field) : undefined;
      const content = field ? cell(field) : '';
      const text = typeof content === 'string' ? content : content.text;
      problems.push({
        severity,
        row: row.no,
        column: at?.column ?? null,
        header: at?.header ?? null,
        value: text === '' ? null : maskedSample(text, field),
        reason,
        advice,
      });
    };
  };
  const reader: RowReader = {
    no: row.no,
    sheet,
    problems,
    has: (field) => columns.has(field),
    text: (field) => {
      const content = cell(field);
      return typeof content === 'string' ? content : '';
    },
    fail: add('error'),
    warn: add('warning'),
  };
  for (const [field, at] of columns) {
    const content = cell(field);
    if (typeof content === 'string') continue;
    const [reason, advice] = faultWords(content, `${at.column}${row.no}`, field);
    reader.fail(field, reason, advice);
  }
  return reader;
}

function faultWords(
  content: Exclude<SourceCell, string>,
  place: string,
  field: ImportField,
): readonly [reason: string, advice: string] {
  switch (content.fault) {
    case 'formula-without-value':
      return [
        `单元格 ${place} 是公式，但文件中没有保存它的计算结果`,
        '请用 Excel 打开文件并保存一次，或把公式粘贴为数值',
      ];
    case 'error-value':
      return [`单元格 ${place} 是错误值 ${content.text}`, '请修正公式，或直接填写正确的内容'];
    case 'number-too-long':
      return [
        field === 'idNumber'
          ? `单元格 ${place} 的身份证号被存成了数字，表格软件只保留前 15 位，末尾几位已经丢失`
          : `单元格 ${place} 的数字超过 15 位，末尾几位已经丢失`,
        '请把这一列的格式设为“文本”，再重新填写完整号码',
      ];
    case 'text-too-long':
      return [`单元格 ${place} 的文字太长`, '请缩短内容'];
  }
}
