import type { BillLine, Period } from './bill.ts';
import { yuanText } from './money.ts';
import { beijingText } from './time.ts';

/** One file inside the ZIP. */
export type BillFile = { name: string; text: string };

export type BillInput = {
  sellerId: string;
  /** `20251231` or `202512` */
  label: string;
  period: Period;
  lines: readonly BillLine[];
  exportedAt: number;
  /** Fen that the totals are off. */
  totalOffFen: number;
};

const TRADE_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,' +
  '订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,' +
  '券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const SUMMARY_COLUMNS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,' +
  '商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）';

/** The two files of `bill_type=trade`: every trade, and the sums. */
export function tradeBill(input: BillInput): BillFile[] {
  const account = accountOf(input.sellerId);
  const name = `${account}_${input.label}_业务明细`;
  return [
    { name: `${name}.csv`, text: tradeDetail(input) },
    { name: `${name}(汇总).csv`, text: tradeSummary(input) },
  ];
}

/** The account number in file names: the merchant's number and four digits. */
export function accountOf(sellerId: string): string {
  return `${sellerId}0156`;
}

function tradeDetail(input: BillInput): string {
  const payments = input.lines.filter((one) => one.kind === 'payment');
  const refunds = input.lines.filter((one) => one.kind === 'refund');
  const paid = yuanText(sumOf(payments) + input.totalOffFen);
  const back = yuanText(-sumOf(refunds));
  return linesOf([
    '#支付宝业务明细查询',
    ...headOf(input),
    '#-----------------------------------------业务明细列表----------------------------------------',
    TRADE_COLUMNS,
    ...input.lines.map(tradeRow),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${payments.length}笔，商家实收共${paid}元，商家优惠共0.00元`,
    `#退款合计：${refunds.length}笔，商家实收退款共${back}元，商家优惠退款共0.00元`,
    exportLine(input),
  ]);
}

function tradeRow(line: BillLine): string {
  const { trade } = line;
  const isRefund = line.kind === 'refund';
  const amount = yuanText(isRefund ? -line.amountFen : line.amountFen);
  const fee = yuanText(isRefund ? line.feeFen : -line.feeFen);
  return row([
    `${trade.tradeNo ?? ''}\t`,
    `${trade.outTradeNo}\t`,
    isRefund ? '退款\t' : '交易\t',
    trade.subject,
    beijingText(line.createdAt),
    beijingText(line.finishedAt),
    trade.storeId ?? '',
    '',
    trade.operatorId ?? '',
    trade.terminalId ?? '',
    line.counterparty,
    amount,
    amount,
    ...['0.00', '0.00', '0.00', '0.00', '0.00', '', '0.00', '0.00'],
    line.outRequestNo ?? '',
    fee,
    '0.00',
    trade.body ?? '',
  ]);
}

function tradeSummary(input: BillInput): string {
  const payments = input.lines.filter((one) => one.kind === 'payment');
  const refunds = input.lines.filter((one) => one.kind === 'refund');
  const amountFen = sumOf(payments) - sumOf(refunds) + input.totalOffFen;
  const feeFen = feesOf(refunds) - feesOf(payments);
  return linesOf([
    '#支付宝业务汇总查询',
    ...headOf(input),
    '#-----------------------------------------业务汇总列表----------------------------------------',
    SUMMARY_COLUMNS,
    row([
      '合计',
      '',
      String(payments.length),
      String(refunds.length),
      yuanText(amountFen),
      yuanText(amountFen),
      ...['0.00', '0.00', '0.00'],
      yuanText(feeFen),
      '0.00',
      yuanText(amountFen + feeFen),
    ]),
    '#----------------------------------------业务汇总列表结束-------------------------------------',
    exportLine(input),
  ]);
}

export function headOf({ sellerId, period }: Pick<BillInput, 'sellerId' | 'period'>): string[] {
  const start = shownInstant(period.startAt);
  const end = shownInstant(period.endAt);
  return [`#账号：[${accountOf(sellerId)}]`, `#起始日期：[${start}]   终止日期：[${end}]`];
}

export function exportLine({ exportedAt }: Pick<BillInput, 'exportedAt'>): string {
  return `#导出时间：[${shownInstant(exportedAt)}]`;
}

/** Line ends are CRLF, the last line has one too. */
export function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A comma or line end inside a value would break the file; the real one shows a space. */
export function row(values: readonly string[]): string {
  return values.map((value) => value.replace(/[,\r\n]/g, ' ')).join(',');
}

function shownInstant(atMs: number): string {
  const [year, month, day] = beijingText(atMs).slice(0, 10).split('-');
  return `${year}年${month}月${day}日 ${beijingText(atMs).slice(11)}`;
}

function sumOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, one) => sum + one.amountFen, 0);
}

function feesOf(lines: readonly BillLine[]): number {
  return lines.reduce((sum, one) => sum + one.feeFen, 0);
}
