import { type Fen, fen, subtract, sum } from '@wuye-pay/money';
import type { StatementLine } from '../statement.ts';
import { negatedYuan, sumYuan } from '../statement-totals.ts';
import { type BillTable, BrokenBill, check, type Row, readTable, totalIn } from './bill-table.ts';

interface Expected {
  readonly mchId: string;
  readonly day: string;
}

/**
 * Reads a day's trade bill (业务明细): payments and refunds, checked against the totals at its end.
 * @throws BrokenBill when it is of another account or day, ends early or contradicts itself
 */
export function readTradeBill(text: string, expected: Expected): readonly StatementLine[] {
  const table = readTable(text, expected);
  const lines = table.rows.map(tradeLine);
  const received = (kind: StatementLine['kind']) =>
    total(
      table.rows.filter((_row, index) => lines[index]?.kind === kind),
      '商家实收（元）',
    );
  for (const [kind, label] of [
    ['payment', '交易合计'],
    ['refund', '退款合计'],
  ] as const) {
    const said = totalIn(
      table,
      new RegExp(`^${label}：(\\d+)笔，商家实收(?:退款)?共(-?[\\d.]+)元`),
    );
    check(said.count === lines.filter((line) => line.kind === kind).length, `${label}: 笔数`);
    check(said.amountFen === received(kind), `${label}: 金额`);
  }
  return lines;
}

/** Checks a trade bill against its summary (业务明细(汇总)). @throws BrokenBill */
export function checkSummary(
  text: string,
  lines: readonly StatementLine[],
  expected: Expected,
): void {
  const summary = readTable(text, expected).rows.find((row) => row.text('门店编号') === '合计');
  if (!summary) throw new BrokenBill('the summary has no line of totals');
  const of = (kind: StatementLine['kind']) => lines.filter((line) => line.kind === kind);
  const amounts = (kind: StatementLine['kind']) =>
    sum([fen(0), ...of(kind).map(({ amountFen }) => amountFen)]);
  const ordered = subtract(amounts('payment'), amounts('refund'));
  check(summary.text('交易订单总笔数') === String(of('payment').length), '汇总: 交易笔数');
  check(summary.text('退款订单总笔数') === String(of('refund').length), '汇总: 退款笔数');
  check(summary.fen('订单金额（元）') === ordered, '汇总: 订单金额');
  const feeYuan = sumYuan(lines.map((line) => line.feeYuan));
  check(sumYuan([negatedYuan(summary.text('服务费（元）'))]) === feeYuan, '汇总: 服务费');
}

/** Reads a day's fund bill (账务明细): every movement of the balance. @throws BrokenBill */
export function readFundBill(text: string, expected: Expected): readonly StatementLine[] {
  const table = readTable(text, expected);
  checkDirection(table, '支出合计', '支出金额（-元）');
  checkDirection(table, '收入合计', '收入金额（+元）');
  return table.rows.map(fundLine);
}

function tradeLine(row: Row): StatementLine {
  const state = row.text('业务类型');
  if (state !== '交易' && state !== '退款') row.refuse(`业务类型 ${state}`);
  const isRefund = state === '退款';
  const amountFen = row.fen('订单金额（元）');
  if (isRefund ? amountFen > 0 : amountFen < 0) row.refuse(`订单金额 ${amountFen} fen`);
  return {
    kind: isRefund ? 'refund' : 'payment',
    at: row.text('完成时间'),
    orderNo: row.text('商户订单号'),
    tradeNo: row.text('支付宝交易号'),
    refundNo: isRefund ? row.text('退款批次号/请求号') : '',
    channelRefundNo: '',
    amountFen: fen(Math.abs(amountFen)),
    // The bill writes what is taken from us with a hyphen.
    feeYuan: negatedYuan(row.yuan('服务费（元）')),
    state,
  };
}

/** The words for kinds of movements are not in a published list: what is not clear is `other`. */
function fundLine(row: Row): StatementLine {
  const income = row.fenOrZero('收入金额（+元）');
  const expense = fen(Math.abs(row.fenOrZero('支出金额（-元）')));
  const state = row.text('业务类型');
  const kind = fundKind(state, { income, expense });
  return {
    kind,
    at: row.text('发生时间'),
    orderNo: row.text('商户订单号'),
    tradeNo: row.text('业务流水号'),
    refundNo: '',
    channelRefundNo: row.text('账务流水号'),
    amountFen: kind === 'payment' ? income : kind === 'refund' ? expense : fen(income - expense),
    feeYuan: '0.00',
    state,
  };
}

function fundKind(state: string, moved: { income: Fen; expense: Fen }): StatementLine['kind'] {
  const isIncome = moved.income > 0 && moved.expense === 0;
  const isExpense = moved.expense > 0 && moved.income === 0;
  if (/^(在线支付|交易付款|交易)$/.test(state) && isIncome) return 'payment';
  if (/退款/.test(state) && !/退费|服务费/.test(state) && isExpense) return 'refund';
  return 'other';
}

function checkDirection(table: BillTable, label: string, column: string): void {
  const said = totalIn(table, new RegExp(`^${label}：(\\d+)笔，共(-?[\\d.]+)元`));
  const moved = table.rows.map((row) => Math.abs(row.fenOrZero(column))).filter((one) => one > 0);
  check(said.count === moved.length, `${label}: 笔数`);
  check(Math.abs(said.amountFen) === sum([fen(0), ...moved.map(fen)]), `${label}: 金额`);
}

function total(rows: readonly Row[], column: string): Fen {
  return sum([fen(0), ...rows.map((row) => row.fen(column))]);
}
