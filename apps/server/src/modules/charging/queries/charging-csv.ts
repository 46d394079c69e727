import type { AssignmentView, FeeItemView, TariffView } from '@wuye-pay/contract';
import type { CsvColumn } from '../../../platform/http/index.ts';

/** Rows that an export reads at a time: memory stays bounded, trips stay few. */
export const exportPage = 2000;

export const assignmentCsvColumns: readonly CsvColumn<AssignmentView>[] = [
  { title: '房屋', cell: (assignment) => assignment.unitLabel },
  { title: '收费项目', cell: (assignment) => assignment.feeItemName },
  { title: '收费标准', cell: (assignment) => assignment.tariffName },
  { title: '开始日期', cell: (assignment) => assignment.fromOn },
  { title: '结束日期', cell: (assignment) => assignment.toOn },
];

export const tariffCsvColumns: readonly CsvColumn<TariffView>[] = [
  { title: '收费项目', cell: (tariff) => tariff.feeItemName },
  { title: '收费标准', cell: (tariff) => tariff.name },
  { title: '版本', cell: (tariff) => tariff.version },
  { title: '单价（元）', cell: (tariff) => tariff.price },
  { title: '附加费（元/月）', cell: (tariff) => tariff.surcharge },
  { title: '计算方式', cell: (tariff) => tariff.formula.zh },
  { title: '应缴日', cell: (tariff) => tariff.dueDay },
  { title: '生效日期', cell: (tariff) => tariff.effectiveFrom },
  { title: '失效日期', cell: (tariff) => tariff.effectiveTo },
];

const category = { income: '本公司收入', deposit: '押金', agency: '代收代付' } as const;
const state = { active: '在用', retired: '已停用' } as const;

export const feeItemCsvColumns: readonly CsvColumn<FeeItemView>[] = [
  { title: '收费项目', cell: (item) => item.name },
  { title: '性质', cell: (item) => category[item.category] },
  { title: '抵扣顺序', cell: (item) => item.priority },
  { title: '在收房屋数', cell: (item) => item.assignedUnits },
  { title: '状态', cell: (item) => state[item.state] },
];
