import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ChannelContext } from '../channel.ts';
import type { Statement, StatementRequest, StatementResult } from '../statement.ts';
import { fileLimits, type WireAnswer } from '../transport.ts';
import { type BillReading, readFundBill, readTradeBill } from './bill.ts';
import { call, signedHeaders } from './client.ts';
import { exchange, unknown } from './exchange.ts';
import { asRecord, parseJson, textOf } from './json.ts';
import { isPartner, queryOf, subMerchantIds } from './party.ts';

/** A day of a very large company has some tens of MB; more is a bomb. */
const maxUnpackedBytes = 192 * 1024 * 1024;
/** The only place of files; where the channel's word leads elsewhere, nothing is fetched. */
const downloadPath = '/v3/billdownload/file';

const unpack = promisify(gunzip);

/** The channel's own list of a day: asked for, downloaded, checked against its hash, read. */
export async function fetchStatement(
  context: ChannelContext,
  request: StatementRequest,
): Promise<StatementResult> {
  // A partner's balance is the partner's: what moves on it is not this company's.
  if (request.kind === 'fund' && isPartner(context.account)) return { state: 'unsupported' };
  const offer = await askForBill(context, request);
  if ('state' in offer) return offer;
  const packed = await download(context, offer.path);
  if (!Buffer.isBuffer(packed)) return packed;
  const file = await unpacked(packed);
  if (!file) return { state: 'broken', reason: 'the file is no gzip, or unpacks too large' };
  if (!isStatementWhole(file, offer.hash)) {
    return { state: 'broken', reason: 'the hash differs from the file' };
  }
  return read(context, request, file);
}

interface Offer {
  readonly path: string;
  readonly hash: { readonly type: string; readonly value: string };
}

async function askForBill(
  context: ChannelContext,
  { day, kind }: StatementRequest,
): Promise<Offer | StatementResult> {
  const reply = await call(context, {
    verb: 'statement',
    method: 'GET',
    path: kind === 'trade' ? tradeBillPath(context, day) : fundBillPath(day),
  });
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.kind === 'refusal') {
    if (reply.code === 'NO_STATEMENT_EXIST') return { state: 'none' };
    const reason = `${reply.code} (${reply.status})`;
    return { state: reply.code === 'STATEMENT_CREATING' ? 'not-ready' : 'unknown', reason };
  }
  const wire = asRecord(parseJson(reply.body));
  const url = textOf(wire?.download_url) ?? '';
  const { pathname, search } = URL.canParse(url) ? new URL(url) : { pathname: '', search: '' };
  if (pathname !== downloadPath) return { state: 'unknown', reason: 'the answer names no file' };
  const hash = { type: textOf(wire?.hash_type) ?? '', value: textOf(wire?.hash_value) ?? '' };
  return { path: pathname + search, hash };
}

function tradeBillPath({ account }: ChannelContext, day: string): string {
  const asked = { bill_date: day, ...subMerchantIds(account), bill_type: 'ALL', tar_type: 'GZIP' };
  return `/v3/bill/tradebill${queryOf(asked)}`;
}

function fundBillPath(day: string): string {
  return `/v3/bill/fundflowbill${queryOf({ bill_date: day, account_type: 'BASIC', tar_type: 'GZIP' })}`;
}

/** The file comes unsigned; the signed answer before gave its hash. */
async function download(context: ChannelContext, path: string): Promise<Buffer | StatementResult> {
  const sentAt = context.clock.now();
  const headers = signedHeaders(context, { method: 'GET', path, body: '', sentAt });
  const origin = context.account.endpoints.base ?? '';
  const reply = await exchange(context, {
    verb: 'statement-file',
    wire: { origin, method: 'GET', path, headers, body: '', limits: fileLimits },
    sentAt,
    judge: async ({ status, body }) =>
      status === 200 ? ({ kind: 'file', body } as const) : unknown(`status ${status}`),
    describe: sizeAndHash,
  });
  return reply.kind === 'file' ? reply.body : { state: 'unknown', reason: reply.reason };
}

function sizeAndHash({ body }: WireAnswer): string {
  return `${body.length} bytes, SHA-256 ${createHash('sha256').update(body).digest('hex')}`;
}

/** @returns undefined for what is no gzip, or more than a day can have */
export async function unpacked(
  packed: Buffer,
  most = maxUnpackedBytes,
): Promise<Buffer | undefined> {
  try {
    return await unpack(packed, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The bill's own hash is over the unpacked bytes. */
export function isStatementWhole(bytes: Buffer, hash: { type: string; value: string }): boolean {
  if (hash.type !== 'SHA1') return false;
  return createHash('sha1').update(bytes).digest('hex') === hash.value.toLowerCase();
}

function read(
  { account }: ChannelContext,
  { day, kind }: StatementRequest,
  file: Buffer,
): StatementResult {
  const reading: BillReading = kind === 'trade' ? readTradeBill(file, account) : readFundBill(file);
  if ('broken' in reading) {
    const { broken: reason, row } = reading;
    return { state: 'broken', reason, ...(row !== undefined && { row }) };
  }
  const { lines, totals } = reading;
  const fileName = `wechat-pay-${account.subMchId ?? account.mchId}-${kind}-${day}.csv`;
  const statement: Statement = { day, kind, fileName, file, lines, totals };
  return { state: 'ready', statement };
}
