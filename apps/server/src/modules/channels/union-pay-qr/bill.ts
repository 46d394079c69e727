import { type Fen, fen, fenFromYuan } from '@wuye-pay/money';
import type { StatementLine, StatementResult, StatementTotals } from '../statement.ts';
import { negatedYuan, totalsOf } from '../statement-totals.ts';

type Row = Readonly<Record<string, string>>;

/** The first column of the totals, which follow the lines with a header of their own. */
const totalsHeader = '总交易单数';
/** Yuan with up to six decimals; fees have more than two. */
const yuanPattern = /^-?\d{1,12}(\.\d{1,6})?$/;

/**
 * Reads a bill: UTF-8, a header without and values with a backtick, then the bill's own totals,
 * which must agree. Columns go by their names: their order and number differ between versions.
 */
export function readBill(facts: { readonly day: string; readonly file: Buffer }): StatementResult {
  const { day, file } = facts;
  const rows = new TextDecoder('utf-8')
    .decode(file)
    .split(/\r?\n/)
    .filter((row) => row.trim() !== '');
  const header = rows[0]?.split(',').map((name) => name.trim()) ?? [];
  const end = rows.findIndex((row) => row.startsWith(totalsHeader));
  if (!header.includes('交易时间') || end < 1) return broken('the bill lacks header or totals');
  const lines: StatementLine[] = [];
  for (const [index, row] of rows.slice(1, end).entries()) {
    const line = lineOf(named(header, row), day);
    if (!line) return broken('a row cannot be read', index + 1);
    lines.push(line);
  }
  const said = named(rows[end]?.split(',') ?? [], rows[end + 1] ?? '');
  const agreed = [lines, lines.map(withReturnedFee)].find((some) => agrees(said, totalsOf(some)));
  if (!agreed) return broken('the lines contradict the totals of the bill');
  const fileName = `union-pay-qr-${day}.csv`;
  const statement = { day, kind: 'trade', fileName, file, lines: agreed } as const;
  return { state: 'ready', statement: { ...statement, totals: totalsOf(agreed) } };
}

/** @returns no column at all when the row does not have as many values as the header has names */
function named(header: readonly string[], row: string): Row {
  const values = row.replace(/^`/, '').split(',`');
  if (values.length !== header.length) return {};
  return Object.fromEntries(header.map((name, at) => [name, values[at]?.trim() ?? '']));
}

function lineOf(row: Row, day: string): StatementLine | undefined {
  const at = row.交易时间 ?? '';
  const refundNo = row.商户退款单号 ?? '';
  const isRefund = refundNo !== '' && refundNo !== '0';
  const amountFen = amountOf(isRefund ? row.退款金额 : row.总金额);
  const feeYuan = row.手续费 || '0.00';
  if (!at.startsWith(day) || amountFen === undefined || !yuanPattern.test(feeYuan)) {
    return undefined;
  }
  return {
    kind: isRefund ? 'refund' : 'payment',
    at,
    orderNo: row.商户订单号 ?? '',
    tradeNo: row.平台订单号 ?? row.威富通订单号 ?? '',
    refundNo: isRefund ? refundNo : '',
    channelRefundNo: isRefund ? (row.平台退款单号 ?? row.威富通退款单号 ?? '') : '',
    amountFen,
    feeYuan,
    state: (isRefund ? row.退款状态 : row.交易状态) ?? '',
  };
}

/** Some versions write a refund's fee without its sign; the totals tell which this one is. */
function withReturnedFee(line: StatementLine): StatementLine {
  return line.kind === 'refund' ? { ...line, feeYuan: negatedYuan(line.feeYuan) } : line;
}

/** Whether the bill's own totals are those of the lines. */
function agrees(said: Row, totals: StatementTotals): boolean {
  const count = Number(said.总交易单数);
  // Some versions count the payments, some the lines.
  const isCounted =
    count === totals.paymentCount || count === totals.paymentCount + totals.refundCount;
  return (
    isCounted &&
    amountOf(said.总交易额) === totals.paymentFen &&
    amountOf(said.总退款金额) === totals.refundFen &&
    isSameYuan(said.总手续费金额 ?? '', totals.feeYuan)
  );
}

function isSameYuan(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/(\.\d*?)0*$/, '$1').replace(/\.$/, '');
  return yuanPattern.test(a) && plain(a) === plain(b);
}

/** Fen of a plain amount of at least 0. */
function amountOf(yuan: string | undefined): Fen | undefined {
  if (yuan === undefined || !/^\d{1,12}(\.\d{1,2})?$/.test(yuan)) return undefined;
  return yuan === '0' ? fen(0) : fenFromYuan(yuan);
}

function broken(reason: string, row?: number): StatementResult {
  return { state: 'broken', reason, ...(row !== undefined && { row }) };
}
