import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { beijingDigits } from '../beijing-time.ts';
import type { ChannelContext } from '../channel.ts';
import type { StatementLine, StatementRequest, StatementResult } from '../statement.ts';
import { totalsOf } from '../statement-totals.ts';
import { unzip } from '../unzip.ts';
import { callFileHost, type Reply } from './client.ts';
import { classOf, noSuchFile } from './codes.ts';
import { lineOfZm, lineOfZme } from './statement-line.ts';
import { isCutShort, readZm, readZme, recordsOf } from './zm.ts';

const maxZipBytes = 64 * 1024 * 1024;

/** The clearing file of a clearing day (23:00 to 23:00). UnionPay gives no other. */
export async function fetchStatement(
  context: ChannelContext,
  request: StatementRequest,
): Promise<StatementResult> {
  if (request.kind !== 'trade') return { state: 'unsupported' };
  const reply = await callFileHost(context, {
    verb: 'statement',
    fields: {
      txnType: '76',
      txnSubType: '01',
      bizType: '000000',
      txnTime: beijingDigits(context.clock.now()),
      settleDate: request.day.slice(5).replace('-', ''),
      fileType: '00',
    },
  });
  return await readAnswer(context, request.day, reply);
}

async function readAnswer(
  context: ChannelContext,
  day: string,
  reply: Reply,
): Promise<StatementResult> {
  if (reply.kind === 'unknown') return { state: 'unknown', reason: reply.reason };
  if (reply.code === noSuchFile) return { state: 'not-ready', reason: 'respCode 98' };
  if (reply.kind === 'refusal' || classOf(reply.code) !== 'ok') {
    return { state: 'unknown', reason: `respCode ${reply.code}` };
  }
  const { fileName = '', fileContent = '' } = reply.fields;
  const file = await unpack(fileContent);
  if (!file) return broken('the file does not unpack');
  return await readStatement({ day, fileName, file, mchId: context.account.mchId });
}

/** base64 of zlib's deflate of the archive. */
export async function unpack(fileContent: string): Promise<Buffer | undefined> {
  try {
    const packed = Buffer.from(fileContent, 'base64');
    return await promisify(inflate)(packed, { maxOutputLength: maxZipBytes });
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Reads the archive of a day; every name and every record must be what they should. */
export async function readStatement(facts: {
  readonly day: string;
  readonly fileName: string;
  readonly file: Buffer;
  readonly mchId: string;
}): Promise<StatementResult> {
  const { day, fileName, file, mchId } = facts;
  if (fileName !== `${mchId}_${day.replaceAll('-', '')}.zip`) {
    return broken(`the file is named ${fileName}`);
  }
  const files = await unzip(file);
  if (!files) return broken('the archive is damaged');
  const stem = `INN${day.slice(2).replaceAll('-', '')}88`;
  const trades = files.get(`${stem}ZM_${mchId}`);
  if (!trades) return broken(`${stem}ZM_${mchId} is not in the archive`);
  const records = recordsOf(trades);
  if (isCutShort(trades, records)) return broken('the file ends inside a record', records.length);
  const lines: StatementLine[] = [];
  for (const [index, record] of records.entries()) {
    const line = lineOfZm(readZm(record), { day, mchId });
    if (!line) return broken('a record cannot be read', index + 1);
    lines.push(line);
  }
  const errors = recordsOf(files.get(`${stem}ZME_${mchId}`) ?? Buffer.alloc(0));
  const others = errors.map((record) => lineOfZme(readZme(record), day));
  const all = [...lines, ...others];
  const statement = {
    day,
    kind: 'trade',
    fileName,
    file,
    lines: all,
    totals: totalsOf(all),
  } as const;
  return { state: 'ready', statement };
}

function broken(reason: string, row?: number): StatementResult {
  return { state: 'broken', reason, ...(row !== undefined && { row }) };
}
