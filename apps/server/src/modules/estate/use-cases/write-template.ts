import { writeWorkbook } from '../../../platform/files/index.ts';
import { templateExamples, templateHeader, templateNotes } from '../domain/template.ts';

const exampleCommunity = '晨光花园';

/** The template as .xlsx: one sheet to fill, one that explains. */
export function writeTemplate(): Uint8Array {
  return writeWorkbook([
    {
      name: '房屋信息',
      widths: [14, 8, 8, 8, 10, 10, 10, 10, 10, 14, 16, 22, 14],
      rows: [templateHeader, ...templateExamples(exampleCommunity)],
    },
    { name: '填写说明', widths: [14, 80], rows: [['项目', '说明'], ...templateNotes] },
  ]);
}
