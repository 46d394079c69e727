import { type Fen, fen, fenFromYuan, subtract, sum } from '@wuye-pay/money';
import type { MerchantAccount } from '../channel.ts';
import type { StatementLine, StatementTotals } from '../statement.ts';
import { sumYuan, totalsOf } from '../statement-totals.ts';

export type BillReading =
  | { readonly lines: readonly StatementLine[]; readonly totals: StatementTotals }
  /** Why nothing of it is to be believed; `row` counts the lines below the header, from 1. */
  | { readonly broken: string; readonly row?: number };

type Row = Readonly<Record<string, string>>;

/** Reads a trade bill (交易账单) of type ALL and compares its line of totals with its rows. */
export function readTradeBill(bytes: Buffer, account: MerchantAccount): BillReading {
  return reading(bytes, tradeColumns, (row) => tradeLine(row, account), compareTrades);
}

/** Reads a fund flow bill (资金账单): every movement of the balance. */
export function readFundBill(bytes: Buffer): BillReading {
  return reading(bytes, fundColumns, fundLine, compareFunds);
}

/** A contradiction in the file; its message goes to whoever looks into it. */
class BrokenBill extends Error {
  readonly row: number | undefined;
  constructor(message: string, row?: number) {
    super(message);
    this.row = row;
  }
}

/**
 * UTF-8 with or without BOM: names without and values with a backtick; then the names and one line
 * of the totals.
 */
function reading(
  bytes: Buffer,
  columns: readonly string[],
  lineOf: (row: Row) => StatementLine,
  compare: (rows: readonly Row[], lines: readonly StatementLine[], totals: Row) => void,
): BillReading {
  try {
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const all = text.split(/\r?\n/).filter((line) => line !== '');
    const header = namesOf(all[0]);
    const lacking = columns.find((name) => !header.includes(name));
    if (lacking) throw new BrokenBill(`no column ${lacking}`);
    const end = all.findIndex((line, index) => index > 0 && !line.startsWith('`'));
    if (end < 0 || all.length !== end + 2) throw new BrokenBill('the bill ends without its totals');
    const rows = all.slice(1, end).map((line, index) => named(header, line, index + 1));
    const lines = rows.map((row, index) => atRow(index + 1, () => lineOf(row)));
    atRow(undefined, () => compare(rows, lines, named(namesOf(all[end]), all[end + 1] ?? '')));
    return { lines, totals: totalsOf(lines) };
  } catch (error) {
    if (!(error instanceof BrokenBill)) throw error;
    const { message: broken, row } = error;
    return { broken, ...(row !== undefined && { row }) };
  }
}

/** `收支金额(元)`: the brackets come in either width, so they are left out. */
function namesOf(line = ''): readonly string[] {
  return line.split(',').map((name) => name.replace(/[(（].*$/, '').trim());
}

function named(header: readonly string[], line: string, row?: number): Row {
  const values = line.replace(/^`/, '').split(',`');
  if (values.length !== header.length) throw new BrokenBill(`${values.length} values`, row);
  return Object.fromEntries(header.map((name, index) => [name, (values[index] ?? '').trim()]));
}

/** Amounts that are none break the bill at their row. */
function atRow<Result>(row: number | undefined, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new BrokenBill(error.message, row);
    if (error instanceof BrokenBill) throw new BrokenBill(error.message, row);
    throw error;
  }
}

const tradeColumns = [
  '交易时间',
  '商户号',
  '特约商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '微信退款单号',
  '商户退款单号',
  '应结订单金额',
  '退款金额',
  '退款状态',
  '手续费',
  '订单金额',
  '申请退款金额',
];

function tradeLine(row: Row, { mchId, subMchId }: MerchantAccount): StatementLine {
  if (row.商户号 !== mchId || numberOf(row.特约商户号) !== (subMchId ?? '')) {
    throw new BrokenBill('the row is of another merchant');
  }
  const state = row.交易状态 ?? '';
  // A reversed code payment (REVOKED) stands beside its payment, as a refund does.
  const isRefund = state !== 'SUCCESS';
  const refunded = positive(row.申请退款金额 ?? '');
  const ordered = positive(row.订单金额 ?? '');
  return {
    kind: isRefund ? 'refund' : 'payment',
    at: row.交易时间 ?? '',
    orderNo: row.商户订单号 ?? '',
    tradeNo: row.微信订单号 ?? '',
    refundNo: numberOf(row.商户退款单号),
    channelRefundNo: numberOf(row.微信退款单号),
    amountFen: isRefund && refunded > 0 ? refunded : ordered,
    feeYuan: row.手续费 ?? '',
    state: state === 'REFUND' ? row.退款状态 || state : state,
  };
}

/** A zero stands where there is no number. */
function numberOf(text = ''): string {
  return text === '0' ? '' : text;
}

function compareTrades(rows: readonly Row[], lines: readonly StatementLine[], totals: Row): void {
  const of = (name: string) => sum(rows.map((row) => fenFromYuan(row[name] ?? '')));
  const fees = sumYuan(lines.map(({ feeYuan }) => feeYuan));
  expectCount(totals, '总交易单数', rows.length);
  for (const [total, column] of [
    ['应结订单总金额', '应结订单金额'],
    ['退款总金额', '退款金额'],
    ['订单总金额', '订单金额'],
    ['申请退款总金额', '申请退款金额'],
  ] as const) {
    expectAmount(totals, total, of(column));
  }
  if (sumYuan([totals.手续费总金额 ?? '']) !== fees) {
    throw new BrokenBill(`手续费总金额 ${totals.手续费总金额}, the rows come to ${fees}`);
  }
}

const fundColumns = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额',
];

/** What the money moved for; everything else is kept as it is, signed in our favour. */
function fundLine(row: Row): StatementLine {
  const isIn = directionOf(row) === 'in';
  const amountFen = positive(row.收支金额 ?? '');
  const kinds = { 交易: isIn && 'payment', 退款: !isIn && 'refund' } as Record<string, unknown>;
  const kind = (kinds[row.业务类型 ?? ''] || 'other') as StatementLine['kind'];
  const number = row.微信支付业务单号 ?? '';
  return {
    kind,
    at: row.记账时间 ?? '',
    // The column of vouchers holds one number or another, by the kind of business.
    orderNo: '',
    tradeNo: isRefundNumber(number) ? '' : number,
    refundNo: '',
    channelRefundNo: isRefundNumber(number) ? number : '',
    amountFen: kind === 'other' && !isIn ? subtract(fen(0), amountFen) : amountFen,
    feeYuan: '0.00',
    state: row.业务名称 ?? '',
  };
}

/** Numbers of payments begin with 4, those of refunds with 50. */
function isRefundNumber(number: string): boolean {
  return /^50\d{20,}$/.test(number);
}

function directionOf(row: Row): 'in' | 'out' {
  if (row.收支类型 === '收入') return 'in';
  if (row.收支类型 === '支出') return 'out';
  throw new BrokenBill(`no direction: ${row.收支类型}`);
}

function compareFunds(rows: readonly Row[], _lines: readonly StatementLine[], totals: Row): void {
  const of = (direction: 'in' | 'out') => rows.filter((row) => directionOf(row) === direction);
  const amounts = (some: readonly Row[]) => sum(some.map((row) => positive(row.收支金额 ?? '')));
  expectCount(totals, '资金流水总笔数', rows.length);
  expectCount(totals, '收入笔数', of('in').length);
  expectAmount(totals, '收入金额', amounts(of('in')));
  expectCount(totals, '支出笔数', of('out').length);
  expectAmount(totals, '支出金额', amounts(of('out')));
}

function positive(yuan: string): Fen {
  const amount = fenFromYuan(yuan);
  if (amount < 0) throw new BrokenBill(`an amount below nothing: ${yuan}`);
  return amount;
}

/** Counts come as `45.0` at times. */
function expectCount(totals: Row, name: string, count: number): void {
  if (!/^\d+(\.0+)?$/.test(totals[name] ?? '') || Number(totals[name]) !== count) {
    throw new BrokenBill(`${name} ${totals[name]}, there are ${count}`);
  }
}

function expectAmount(totals: Row, name: string, amount: Fen): void {
  if (fenFromYuan(totals[name] ?? '') !== amount) {
    throw new BrokenBill(`${name} ${totals[name]}, the rows come to ${amount} fen`);
  }
}
