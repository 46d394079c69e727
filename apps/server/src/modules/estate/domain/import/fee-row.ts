import type { RowReader } from './row-reader.ts';
import { failMissing, readDay } from './unit-row.ts';
import { priceOf } from './values.ts';

/** The same shape as ImportedFee of the module's door. */
export interface FeeDraft {
  readonly no: string;
  readonly type: string;
  readonly name: string;
  readonly cycleMonths: number;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly formula: 'area' | 'fixed';
  readonly price: string;
  readonly surcharge: string;
}

/** A period has one of these numbers of months, so that a year is whole periods. */
const cycles = [1, 2, 3, 4, 6, 12];

export function readFeeRow(row: RowReader): FeeDraft | undefined {
  const no = row.text('feeNo');
  const name = row.text('feeName');
  if (no === '') failMissing(row, 'feeNo', '费用编号没有填写', '请填写费用编号');
  if (name === '') failMissing(row, 'feeName', '收费项目没有填写', '请填写收费项目名称');
  const formula = formulaOf(row.text('formula'));
  if (!formula) {
    row.fail(
      'formula',
      `不支持的计算公式“${row.text('formula')}”`,
      '请填写 1001（面积×单价＋附加费）或 2002（固定费用），其他公式请在收费标准中手工设置',
    );
  }
  const cycleMonths = Number(row.text('cycleMonths') || 1);
  if (!cycles.includes(cycleMonths)) {
    row.fail('cycleMonths', '缴费周期应为 1、2、3、4、6 或 12 个月', '请更正');
  }
  const startsOn = readDay(row, 'startsOn');
  if (startsOn === null) failMissing(row, 'startsOn', '计费起始时间没有填写', '请填写日期');
  const endsOn = readDay(row, 'endsOn');
  const price = readPrice(row, 'price');
  const fixed = readPrice(row, 'surcharge');
  const isBad = row.problems.some(({ severity }) => severity === 'error');
  if (isBad || !formula || startsOn === null) return undefined;
  const amounts =
    formula === 'area' ? { price, surcharge: fixed } : { price: fixed, surcharge: '0' };
  const type = row.text('feeType') || '物业费';
  return { no, type, name, cycleMonths, startsOn, endsOn, formula, ...amounts };
}

function formulaOf(text: string): FeeDraft['formula'] | undefined {
  if (text === '1001' || /面积/.test(text)) return 'area';
  return text === '2002' || /固定/.test(text) ? 'fixed' : undefined;
}

function readPrice(row: RowReader, field: 'price' | 'surcharge'): string {
  const text = row.text(field);
  if (text === '') return '0';
  const price = priceOf(text);
  if (price === undefined) {
    row.fail(field, '金额应为不小于 0 的数字，单位元，最多 6 位小数', '请更正，例如 2.85');
  }
  return price ?? '0';
}
