import { createHash } from 'node:crypto';
import { type Fen, fenFromYuan } from '@wuye-pay/money';

/** One line of the day's trade bill (交易账单, type ALL): a payment or a refund. */
export interface StatementLine {
  readonly kind: 'payment' | 'refund';
  /** Beijing time, "2026-01-01 09:08:07". */
  readonly tradedAt: string;
  readonly appId: string;
  readonly mchId: string;
  readonly tradeNo: string;
  readonly orderNo: string;
  readonly refundNo: string | undefined;
  readonly state: string;
  /** Paid, or given back. */
  readonly amountFen: Fen;
  /** The channel's fee in yuan with five decimals; negative when it is returned. */
  readonly feeYuan: string;
}

export interface Statement {
  readonly lines: readonly StatementLine[];
  readonly summary: Readonly<Record<string, string>>;
}

const columnsOfAll = 27;

/** The bill's own hash is over the decompressed bytes. */
export function isStatementWhole(bytes: Buffer, hash: { type: string; value: string }): boolean {
  if (hash.type !== 'SHA1') return false;
  return createHash('sha1').update(bytes).digest('hex') === hash.value.toLowerCase();
}

/**
 * Reads a trade bill of type ALL: UTF-8 with or without BOM, a header without and values with a
 * backtick, then one line of totals.
 * @throws Error when a line does not have the columns that the header names
 */
export function readStatement(bytes: Buffer): Statement {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const header = lines[0]?.split(',') ?? [];
  if (header.length !== columnsOfAll) throw new Error(`${header.length} columns in the header`);
  const end = lines.findIndex((line, index) => index > 0 && !line.startsWith('`'));
  if (end < 0) throw new Error('the bill ends without its totals');
  const totals = named(lines[end]?.split(',') ?? [], lines[end + 1] ?? '');
  return { lines: lines.slice(1, end).map((line) => lineOf(named(header, line))), summary: totals };
}

function named(header: readonly string[], line: string): Readonly<Record<string, string>> {
  const values = line.replace(/^`/, '').split(',`');
  if (values.length !== header.length) throw new Error(`${values.length} values in a line`);
  return Object.fromEntries(header.map((name, index) => [name, values[index] ?? '']));
}

function lineOf(row: Readonly<Record<string, string>>): StatementLine {
  const refundNo = row.商户退款单号 ?? '';
  const isRefund = refundNo !== '' && refundNo !== '0';
  const yuan = isRefund ? row.申请退款金额 : row.订单金额;
  return {
    kind: isRefund ? 'refund' : 'payment',
    tradedAt: row.交易时间 ?? '',
    appId: row.公众账号ID ?? '',
    mchId: row.商户号 ?? '',
    tradeNo: row.微信订单号 ?? '',
    orderNo: row.商户订单号 ?? '',
    refundNo: isRefund ? refundNo : undefined,
    state: row.交易状态 ?? '',
    amountFen: fenFromYuan(yuan ?? ''),
    feeYuan: row.手续费 ?? '',
  };
}
