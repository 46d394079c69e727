import type { ChannelContext } from '../channel.ts';
import type { StatementRequest, StatementResult } from '../statement.ts';
import { readBill } from './bill.ts';
import { download } from './client.ts';
import { isUnclear } from './codes.ts';

/** The bill of a day (Beijing), payments and refunds. The gateway gives no other. */
export async function fetchStatement(
  context: ChannelContext,
  { day, kind }: StatementRequest,
): Promise<StatementResult> {
  if (kind !== 'trade') return { state: 'unsupported' };
  const reply = await download(context, {
    verb: 'statement',
    service: 'pay.bill.merchant',
    fields: { bill_date: day.replaceAll('-', ''), bill_type: 'ALL' },
  });
  switch (reply.kind) {
    case 'unknown':
      return { state: 'unknown', reason: reply.reason };
    case 'refusal':
      return notThere(reply.code, reply.message);
    case 'verified':
      return notThere(reply.failure?.code ?? 'no file', reply.failure?.message ?? '');
    case 'file':
      return readBill({ day, file: reply.file });
  }
}

/** Why there is no bill is told in words that are not documented: it is asked for again. */
function notThere(code: string, message: string): StatementResult {
  if (isUnclear(code)) return { state: 'unknown', reason: code };
  return { state: 'not-ready', reason: `${code} ${message}`.trim() };
}
