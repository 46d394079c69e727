import type { BillLine } from './bill.ts';
import {
  accountOf,
  type BillFile,
  type BillInput,
  exportLine,
  headOf,
  linesOf,
  row,
} from './bill-text.ts';
import { yuanText } from './money.ts';
import { beijingText } from './time.ts';

const COLUMNS =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,' +
  '交易渠道,业务类型,备注';
const SUMMARY_COLUMNS = '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）';

/** One movement of the merchant's balance. */
type Movement = { line: BillLine; type: string; incomeFen: number; expenseFen: number };

/**
 * The two files of `bill_type=signcustomer`: every movement of the balance, fees on lines of
 * their own, and the sums by kind.
 * @param openingFen the balance before the period
 */
export function accountBill(input: BillInput & { openingFen: number }): BillFile[] {
  const movements = input.lines.flatMap(movementsOf);
  const name = `${accountOf(input.sellerId)}_${input.label}_账务明细`;
  return [
    { name: `${name}.csv`, text: detail(input, movements) },
    { name: `${name}(汇总).csv`, text: summary(input, movements) },
  ];
}

/** What a line leaves on the balance. */
export function netFen(line: BillLine): number {
  return line.kind === 'payment' ? line.amountFen - line.feeFen : line.feeFen - line.amountFen;
}

function movementsOf(line: BillLine): Movement[] {
  const { amountFen, feeFen } = line;
  const isPayment = line.kind === 'payment';
  const money = isPayment
    ? { line, type: '在线支付', incomeFen: amountFen, expenseFen: 0 }
    : { line, type: '交易退款', incomeFen: 0, expenseFen: amountFen };
  const fee = isPayment
    ? { line, type: '收费', incomeFen: 0, expenseFen: feeFen }
    : { line, type: '退费', incomeFen: feeFen, expenseFen: 0 };
  return feeFen === 0 ? [money] : [money, fee];
}

function detail(input: BillInput & { openingFen: number }, movements: readonly Movement[]) {
  const outgoing = movements.filter((one) => one.expenseFen > 0);
  const incoming = movements.filter((one) => one.incomeFen > 0);
  const spent = yuanText(-outgoing.reduce((sum, one) => sum + one.expenseFen, 0));
  const earned = incoming.reduce((sum, one) => sum + one.incomeFen, 0) + input.totalOffFen;
  let balanceFen = input.openingFen;
  const rows = movements.map((one, index) => {
    balanceFen += one.incomeFen - one.expenseFen;
    return movementRow(one, index, balanceFen);
  });
  return linesOf([
    '#支付宝账务明细查询',
    ...headOf(input),
    '#-----------------------------------------账务明细列表----------------------------------------',
    COLUMNS,
    ...rows,
    '#-----------------------------------------账务明细列表结束------------------------------------',
    `#支出合计：${outgoing.length}笔，共${spent}元`,
    `#收入合计：${incoming.length}笔，共${yuanText(earned)}元`,
    exportLine(input),
  ]);
}

function movementRow(one: Movement, index: number, balanceFen: number): string {
  const { trade, finishedAt, counterparty, outRequestNo } = one.line;
  const day = beijingText(finishedAt).slice(0, 10).replaceAll('-', '');
  return row([
    `${day}${(trade.tradeNo ?? '').slice(-8)}${String(index + 1).padStart(6, '0')}\t`,
    `${trade.tradeNo ?? ''}\t`,
    `${trade.outTradeNo}\t`,
    trade.subject,
    beijingText(finishedAt),
    counterparty,
    yuanText(one.incomeFen),
    yuanText(-one.expenseFen),
    yuanText(balanceFen),
    '支付宝',
    one.type,
    outRequestNo ?? trade.body ?? '',
  ]);
}

function summary(input: BillInput, movements: readonly Movement[]): string {
  const types = [...new Set(movements.map((one) => one.type))];
  const sums = [...types, '合计'].map((type) => {
    const mine = movements.filter((one) => type === '合计' || one.type === type);
    const incoming = mine.filter((one) => one.incomeFen > 0);
    const outgoing = mine.filter((one) => one.expenseFen > 0);
    const incomeFen = incoming.reduce((sum, one) => sum + one.incomeFen, 0);
    const expenseFen = outgoing.reduce((sum, one) => sum + one.expenseFen, 0);
    const counts = [String(incoming.length), yuanText(incomeFen), String(outgoing.length)];
    return row([type, ...counts, yuanText(-expenseFen), yuanText(incomeFen - expenseFen)]);
  });
  return linesOf([
    '#支付宝账务汇总查询',
    ...headOf(input),
    '#-----------------------------------------账务汇总列表----------------------------------------',
    SUMMARY_COLUMNS,
    ...sums,
    '#-----------------------------------------账务汇总列表结束------------------------------------',
    exportLine(input),
  ]);
}
