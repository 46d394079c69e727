import { createHash } from 'node:crypto';
import { fenFromYuan, yuanText } from '@wuye-pay/money';
import type { ChannelContext } from '../channel.ts';
import { textOf } from '../json.ts';
import type { StatementLine, StatementRequest, StatementResult } from '../statement.ts';
import { totalsOf } from '../statement-totals.ts';
import { call } from './client.ts';

const broken = { state: 'broken' } as const;
const header = '类型,时间,订单号,交易号,退款单号,银行退款号,金额,手续费,状态';
const kinds: Readonly<Record<string, StatementLine['kind']>> = { 支付: 'payment', 退款: 'refund' };

/** The file of a day: CSV with its hash beside it and its totals in the last line. */
export async function fetchStatement(
  context: ChannelContext,
  { day, kind }: StatementRequest,
): Promise<StatementResult> {
  if (kind !== 'trade') return { state: 'unsupported' };
  const reply = await call(context, { verb: 'statement', service: 'statements', fields: { day } });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    const isLater = reply.code === 'STATEMENT_NOT_READY';
    return { state: isLater ? 'not-ready' : 'unknown', reason: reply.code };
  }
  const file = Buffer.from(textOf(reply.data.file) ?? '', 'base64');
  const hash = createHash('sha256').update(file).digest('hex');
  if (hash !== reply.data.sha256) return { ...broken, reason: 'its hash is another one' };
  return readFile(day, textOf(reply.data.fileName) ?? `e-cny-${day}.csv`, file);
}

function readFile(day: string, fileName: string, file: Buffer): StatementResult {
  const [first, ...rows] = new TextDecoder().decode(file).trimEnd().split('\n');
  const last = rows.pop();
  if (first !== header) return { ...broken, reason: 'its header is another one' };
  const lines: StatementLine[] = [];
  for (const [index, row] of rows.entries()) {
    const line = lineOf(row.split(','), day);
    if (!line) return { ...broken, reason: 'a row cannot be read', row: index + 1 };
    lines.push(line);
  }
  const totals = totalsOf(lines);
  const sums = [totals.paymentFen, totals.refundFen].map(yuanText);
  const right = ['合计', lines.length, ...sums, totals.feeYuan].join(',');
  if (last !== right) return { ...broken, reason: 'the rows contradict the totals' };
  return { state: 'ready', statement: { day, kind: 'trade', fileName, file, lines, totals } };
}

function lineOf(values: readonly string[], day: string): StatementLine | undefined {
  const [word = '', at = '', orderNo = '', tradeNo = '', refundNo = ''] = values;
  const [channelRefundNo = '', amount = '', feeYuan = '', state = ''] = values.slice(5);
  const kind = kinds[word];
  const isNumber = /^\d{1,12}\.\d\d$/.test(amount) && /^-?\d{1,12}\.\d\d$/.test(feeYuan);
  if (values.length !== 9 || !kind || !at.startsWith(day) || !isNumber) return undefined;
  const amountFen = fenFromYuan(amount);
  return { kind, at, orderNo, tradeNo, refundNo, channelRefundNo, amountFen, feeYuan, state };
}
