import type { BillAdjustment, BillView, RunView, SkippedUnit } from '@wuye-pay/contract';
import { type Fen, yuanText } from '@wuye-pay/money';
import type { CsvColumn } from '../../../platform/http/index.ts';

/** Rows that an export reads at a time: memory stays bounded, trips stay few. */
export const exportPage = 2000;

const stateText: Readonly<Record<BillView['state'], string>> = {
  draft: '草稿',
  open: '待缴',
  overdue: '逾期',
  settled: '已结清',
  void: '已作废',
};

const yuan = (amount: number) => yuanText(amount as Fen);

/** Amounts in yuan with two decimals, as accountants add them up. */
export const billCsvColumns: readonly CsvColumn<BillView>[] = [
  { title: '小区', cell: (bill) => bill.communityName },
  { title: '房屋', cell: (bill) => bill.unitLabel },
  { title: '收费项目', cell: (bill) => bill.feeItemName },
  { title: '账期', cell: (bill) => bill.month.slice(0, 7) },
  { title: '计费开始', cell: (bill) => bill.periodStart },
  { title: '计费结束', cell: (bill) => bill.periodEnd },
  { title: '应缴日', cell: (bill) => bill.dueOn },
  { title: '应收（元）', cell: (bill) => yuan(bill.amountFen) },
  { title: '实收（元）', cell: (bill) => yuan(bill.paidFen) },
  { title: '减免（元）', cell: (bill) => yuan(bill.waivedFen) },
  { title: '欠费（元）', cell: (bill) => yuan(bill.openFen) },
  { title: '状态', cell: (bill) => stateText[bill.state] },
  { title: '计算过程', cell: (bill) => bill.explanation.zh },
  { title: '账单编号', cell: (bill) => bill.id },
];

export const skippedCsvColumns: readonly CsvColumn<SkippedUnit>[] = [
  { title: '房屋', cell: (skipped) => skipped.unitLabel },
  { title: '收费项目', cell: (skipped) => skipped.feeItemName ?? '' },
  { title: '未出账原因', cell: (skipped) => skipped.text.zh },
];

const runStateText: Readonly<Record<RunView['state'], string>> = {
  draft: '草稿',
  published: '已发布',
  voided: '已作废',
};

export const runCsvColumns: readonly CsvColumn<RunView>[] = [
  { title: '小区', cell: (run) => run.communityName },
  { title: '账期', cell: (run) => run.month.slice(0, 7) },
  { title: '状态', cell: (run) => runStateText[run.state] },
  { title: '账单数', cell: (run) => run.billCount },
  { title: '金额（元）', cell: (run) => yuan(run.amountFen) },
  { title: '未出账', cell: (run) => run.skippedCount },
  { title: '发布人', cell: (run) => run.publishedBy },
  { title: '作废原因', cell: (run) => run.voidReason },
];

const kindText: Readonly<Record<BillAdjustment['kind'], string>> = {
  waiver: '减免',
  correction: '更正',
  void: '作废',
};

const adjustmentStateText: Readonly<Record<BillAdjustment['state'], string>> = {
  requested: '待审批',
  applied: '已生效',
  rejected: '已驳回',
  cancelled: '已撤回',
};

export const adjustmentCsvColumns: readonly CsvColumn<BillAdjustment>[] = [
  { title: '小区', cell: (change) => change.communityName },
  { title: '房屋', cell: (change) => change.unitLabel },
  { title: '收费项目', cell: (change) => change.feeItemName },
  { title: '账期', cell: (change) => change.month.slice(0, 7) },
  { title: '方式', cell: (change) => kindText[change.kind] },
  { title: '金额（元）', cell: (change) => yuan(change.amountFen) },
  { title: '状态', cell: (change) => adjustmentStateText[change.state] },
  { title: '原因', cell: (change) => change.reason },
  { title: '申请人', cell: (change) => change.requestedBy },
  { title: '申请时间', cell: (change) => change.requestedAt },
  { title: '审批人', cell: (change) => change.decidedBy ?? '' },
  { title: '审批意见', cell: (change) => change.decisionNote ?? '' },
  { title: '账单编号', cell: (change) => change.billId },
];
