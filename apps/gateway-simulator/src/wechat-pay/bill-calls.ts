import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beijingTime } from '../clock.ts';
import type { StatementFault } from '../faults.ts';
import { fundFlowBill, type TradeBillType, tradeBill } from './bill-files.ts';
import { type BillLine, billLines, feeRateOf } from './bill-lines.ts';
import { randomText } from './crypto.ts';
import { type Call, type CallInput, type Success, success } from './order-calls.ts';
import { subParty } from './party.ts';
import type { PayDeps } from './pay.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { flipByte } from './signed-message.ts';

/** Bills of APIv3: asked for first, then fetched from an address that lives five minutes. */
export const billCalls: readonly Call[] = [
  { method: 'GET', path: /^\/v3\/bill\/tradebill$/, at: 'statement', run: askTradeBill },
  { method: 'GET', path: /^\/v3\/bill\/fundflowbill$/, at: 'statement', run: askFundFlow },
  { method: 'GET', path: /^\/v3\/billdownload\/file$/, at: null, run: download },
];

type File = { mchid: string; bytes: Buffer; expireAt: number };

const FILE_LIFE_MS = 300_000;
/** Files kept for fetching; the oldest fall out. */
const FILES_MOST = 200;
const DAY_MS = 86_400_000;
/** Bills are kept for three months. */
const OLDEST_MS = 92 * DAY_MS;
/** Hour in Beijing from which yesterday's bill exists. */
const READY_HOUR = 9;
/** Fen on the account before the first payment, so that no balance is negative. */
const OPENING_FEN = 100_000_000;
const TRADE_TYPES: readonly TradeBillType[] = ['ALL', 'SUCCESS', 'REFUND'];
const ACCOUNT_TYPES = ['BASIC', 'OPERATION', 'FEES'];

/** Files that wait to be fetched; like the real ones they do not outlive a restart for long. */
const files = new WeakMap<object, Map<string, File>>();

function askTradeBill(deps: PayDeps, input: CallInput): Success {
  const day = readDay(deps, input);
  const type = oneOf(input, 'bill_type', TRADE_TYPES, 'ALL');
  const lines = linesOf(deps, input, day);
  const wanted = lines.filter(
    (line) => type === 'ALL' || line.kind === (type === 'SUCCESS' ? 'payment' : 'refund'),
  );
  if (wanted.length === 0) throw refusals.statementNone();
  const rateBp = feeRateOf(deps, input.merchant.mchid);
  const fault = statementFault(input);
  return offer(deps, input, tradeBill(lines, { type, rateBp, fault }));
}

function askFundFlow(deps: PayDeps, input: CallInput): Success {
  const day = readDay(deps, input);
  const account = oneOf(input, 'account_type', ACCOUNT_TYPES, 'BASIC');
  const lines = linesOf(deps, input, day);
  if (lines.length === 0 || account !== 'BASIC') throw refusals.statementNone();
  return offer(deps, input, fundFlowBill(lines, OPENING_FEN, statementFault(input)));
}

function linesOf(deps: PayDeps, { merchant, query }: CallInput, day: string): BillLine[] {
  const subMchid = query.get('sub_mchid') ?? undefined;
  if (subMchid !== undefined) subParty(merchant, subMchid, 'query');
  return billLines(deps, { mchid: merchant.mchid, subMchid }, day);
}

/** Puts a file up for fetching. The hash is of the file before it is packed. */
function offer(deps: PayDeps, input: CallInput, text: string): Success {
  const packing = input.query.get('tar_type');
  if (packing !== null && packing !== 'GZIP') throw badQuery('tar_type', packing);
  const fault = statementFault(input);
  const plain = Buffer.from(text);
  const packed = packing === 'GZIP' ? gzipSync(plain) : plain;
  const half = packed.subarray(0, Math.floor(packed.length / 2));
  const bytes = fault === 'statement-truncated' ? half : packed;
  const token = randomText(64);
  const waiting = files.get(deps.records) ?? new Map<string, File>();
  files.set(deps.records, waiting);
  const expireAt = deps.clock.scheduleNow() + FILE_LIFE_MS;
  waiting.set(token, { mchid: input.merchant.mchid, bytes, expireAt });
  if (waiting.size > FILES_MOST) waiting.delete(waiting.keys().next().value ?? '');
  const hash = createHash('sha1').update(plain).digest();
  const wrong = Buffer.from(flipByte(hash.toString('base64'), 0), 'base64');
  return success({
    hash_type: 'SHA1',
    hash_value: (fault === 'statement-bad-hash' ? wrong : hash).toString('hex'),
    download_url: `${input.origin}/v3/billdownload/file?token=${token}`,
  });
}

function download(deps: PayDeps, { merchant, query }: CallInput): Success {
  const file = files.get(deps.records)?.get(query.get('token') ?? '');
  if (file === undefined || file.expireAt <= deps.clock.scheduleNow()) {
    throw refusals.downloadExpired();
  }
  if (file.mchid !== merchant.mchid) throw refusals.downloadForeign();
  return { status: 200, body: '', file: file.bytes };
}

/** The day asked for, when its bill exists. */
function readDay(deps: PayDeps, input: CallInput): string {
  const day = input.query.get('bill_date') ?? '';
  const startsAt = Date.parse(`${day}T00:00:00+08:00`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(startsAt)) throw badQuery('bill_date', day);
  const now = deps.clock.scheduleNow();
  const readyAt = startsAt + DAY_MS + READY_HOUR * 3600_000;
  if (day >= beijingTime(now).slice(0, 10) || startsAt < now - OLDEST_MS) {
    throw refusals.statementNone();
  }
  if (now < readyAt || input.fault?.fault === 'statement-not-ready') {
    throw refusals.statementCreating();
  }
  return day;
}

function oneOf<T extends string>(
  { query }: CallInput,
  name: string,
  known: readonly T[],
  byDefault: T,
): T {
  const given = query.get(name);
  if (given === null) return byDefault;
  const found = known.find((one) => one === given);
  if (found === undefined) throw badQuery(name, given);
  return found;
}

function badQuery(name: string, value: string) {
  const message = `输入源“/query/${name}”规则校验失败，值不在允许的范围内`;
  return parameterRefusal({ field: `/query/${name}`, message, value });
}

function statementFault({ fault }: CallInput): StatementFault | undefined {
  return fault?.fault.startsWith('statement-') ? (fault.fault as StatementFault) : undefined;
}
