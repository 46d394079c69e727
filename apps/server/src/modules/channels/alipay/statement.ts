import type { ChannelContext } from '../channel.ts';
import { textOf } from '../json.ts';
import type { StatementLine, StatementRequest, StatementResult } from '../statement.ts';
import { totalsOf } from '../statement-totals.ts';
import { fileLimits, send, whyNoAnswer } from '../transport.ts';
import { unzip } from '../unzip.ts';
import { checkSummary, readFundBill, readTradeBill } from './bill.ts';
import { BrokenBill } from './bill-table.ts';
import { call } from './client.ts';
import { masked } from './mask.ts';
import type { Refusal } from './reply.ts';
import { instantOf } from './time.ts';

const kinds = {
  trade: { type: 'trade', suffix: '业务明细.csv' },
  fund: { type: 'signcustomer', suffix: '账务明细.csv' },
} as const;
const summarySuffix = '业务明细(汇总).csv';
/** Bills are there at 09:00 of the next day; "no such bill" before noon may be "not yet". */
const readyAfterMs = 36 * 3_600_000;

/** Downloads the bill of one day and reads it whole, or not at all. */
export async function fetchStatement(
  context: ChannelContext,
  request: StatementRequest,
): Promise<StatementResult> {
  const reply = await call(context, {
    verb: 'statement',
    method: 'alipay.data.dataservice.bill.downloadurl.query',
    content: { bill_type: kinds[request.kind].type, bill_date: request.day },
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') return readRefusal(context, request, reply);
  const url = textOf(reply.wire.bill_download_url);
  if (!url || !isOurs(context, url)) {
    return { state: 'unknown', reason: 'the answer names no address of the channel' };
  }
  const bytes = await download(context, new URL(url));
  return typeof bytes === 'string'
    ? { state: 'unknown', reason: bytes }
    : await readArchive(bytes, { ...request, mchId: context.account.mchId });
}

function readRefusal(
  { clock }: ChannelContext,
  { day }: StatementRequest,
  reply: Refusal,
): StatementResult {
  const reason = `${reply.subCode} (${reply.code})`;
  if (!reply.isSigned) return { state: 'unknown', reason };
  if (reply.subCode.includes('NO_BILL_DATA')) return { state: 'none' };
  if (!reply.subCode.endsWith('BILL_NOT_EXIST')) return { state: 'unknown', reason };
  const startedAt = instantOf(`${day} 00:00:00`);
  const isEarly = !startedAt || clock.now().getTime() < startedAt.getTime() + readyAfterMs;
  return isEarly ? { state: 'not-ready', reason } : { state: 'none' };
}

/** Signed or not, our server asks no strange address: the channel's own, or the simulator's. */
function isOurs({ account }: ChannelContext, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(account.endpoints.gateway ?? '').origin) return true;
  return /^https?:$/.test(protocol) && /(^|\.)(alipay|alipaydev)\.com$/.test(hostname);
}

/** The address is good for 30 seconds and carries its own proof. @returns bytes, or why none */
async function download(context: ChannelContext, url: URL): Promise<Buffer | string> {
  const sentAt = context.clock.now();
  const startedMs = performance.now();
  let result: Buffer | string;
  let status: number | null = null;
  try {
    const answer = await send({
      origin: url.origin,
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': 'wuye-pay/1.0' },
      body: '',
      limits: fileLimits,
    });
    status = answer.status;
    result = answer.status === 200 ? answer.body : `status ${answer.status}`;
  } catch (error) {
    result = `no answer: ${whyNoAnswer(error)}`;
  }
  await context.record({
    verb: 'statement',
    orderNo: null,
    request: masked(`GET ${url.origin}${url.pathname}`),
    response: typeof result === 'string' ? result : `${result.length} bytes`,
    status,
    outcome: 'unknown',
    durationMs: Math.round(performance.now() - startedMs),
    sentAt,
  });
  return result;
}

type Wanted = StatementRequest & { readonly mchId: string };

/** The ZIP has the detail and its summary. */
export async function readArchive(bytes: Buffer, wanted: Wanted): Promise<StatementResult> {
  const files = await unzip(bytes);
  if (!files) return { state: 'broken', reason: 'not a ZIP, or damaged' };
  const { suffix } = kinds[wanted.kind];
  const found = [...files].find(([name]) => name.endsWith(suffix));
  if (!found) return { state: 'broken', reason: `no file …${suffix}` };
  const [fileName, file] = found;
  const summary = [...files].find(([name]) => name.endsWith(summarySuffix))?.[1];
  try {
    const lines = linesOf(file, summary, wanted);
    return {
      state: 'ready',
      statement: {
        day: wanted.day,
        kind: wanted.kind,
        fileName: fileName.replace(/^.*[/\\]/, ''),
        file,
        lines,
        totals: totalsOf(lines),
      },
    };
  } catch (error) {
    if (!(error instanceof BrokenBill)) throw error;
    const { message: reason, row } = error;
    return { state: 'broken', reason, ...(row !== undefined && { row }) };
  }
}

function linesOf(
  file: Buffer,
  summary: Buffer | undefined,
  wanted: Wanted,
): readonly StatementLine[] {
  if (wanted.kind === 'fund') return readFundBill(gbk(file), wanted);
  const lines = readTradeBill(gbk(file), wanted);
  if (summary) checkSummary(gbk(summary), lines, wanted);
  return lines;
}

/** @throws BrokenBill for bytes that are no GBK: a lost byte turns words into other words */
function gbk(bytes: Buffer): string {
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new BrokenBill('the text is not GBK');
    throw error;
  }
}
