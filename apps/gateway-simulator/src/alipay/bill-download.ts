import type { FastifyInstance } from 'fastify';
import iconv from 'iconv-lite';
import { type StatementFault, statementFaults } from '../faults.ts';
import { logInbound, queryOf } from '../inbound.ts';
import { accountBill, netFen } from './account-bill.ts';
import { billLines, type Period, periodOf, spoiltLines } from './bill.ts';
import { type BillFile, tradeBill } from './bill-text.ts';
import type { Deps, PayDeps } from './deps.ts';
import { refusals } from './refusals.ts';
import type { Call } from './request.ts';
import type { Scene } from './scene.ts';
import { randomText } from './signing.ts';
import { zipOf } from './zip.ts';

/** A download address is good for this long. */
const URL_LIFE_MS = 30_000;
const ADDRESSES_MOST = 1_000;
/** A day is ready at 09:00 the next morning, a month at 09:00 on the third of the next. */
const READY_AFTER_MS = 9 * 3600_000;
const READY_AFTER_MONTH_MS = (2 * 24 + 9) * 3600_000;
const PATH = '/downloadBillFile.resource';

type BillType = 'trade' | 'signcustomer';
type Ticket = {
  sellerId: string;
  billType: BillType;
  date: string;
  period: Period;
  fault: StatementFault | undefined;
  expireAt: number;
};

/** Addresses handed out; a restart forgets them, and the merchant asks for a new one. */
const tickets = new WeakMap<Deps['records'], Map<string, Ticket>>();

/** `alipay.data.dataservice.bill.downloadurl.query` */
export function billDownloadUrl(deps: PayDeps, { app, biz }: Call, { fault, origin }: Scene) {
  const billType = biz.bill_type;
  const date = typeof biz.bill_date === 'string' ? biz.bill_date : '';
  const period = periodOf(date);
  if (billType !== 'trade' && billType !== 'signcustomer') throw refusals.billArguments();
  if (period === undefined) throw refusals.billArguments();
  const afterMs = date.length === 7 ? READY_AFTER_MONTH_MS : READY_AFTER_MS;
  const isReady = deps.clock.scheduleNow() >= period.endAt + afterMs;
  const spoiling = isStatementFault(fault?.fault) ? fault.fault : undefined;
  if (!isReady || spoiling === 'statement-not-ready') throw refusals.billNone();
  const { sellerId } = app;
  if (billLines(deps, sellerId, period).length === 0) throw refusals.billNone();
  const id = randomText(32).toLowerCase();
  const known = ticketsOf(deps);
  const expireAt = deps.clock.scheduleNow() + URL_LIFE_MS;
  known.set(id, { sellerId, billType, date, period, fault: spoiling, expireAt });
  if (known.size > ADDRESSES_MOST) known.delete(known.keys().next().value ?? '');
  const query = new URLSearchParams({
    bizType: billType,
    userId: `${sellerId}0156`,
    fileType: 'csv.zip',
    bizDates: date.replaceAll('-', ''),
    fileId: id,
  });
  return { bill_download_url: `${origin}${PATH}?${query.toString()}` };
}

export function registerBillDownload(app: FastifyInstance, deps: Deps): void {
  app.get(PATH, (request, reply) => {
    const ticket = ticketsOf(deps).get(queryOf(request).get('fileId') ?? '');
    const isGood = ticket !== undefined && ticket.expireAt > deps.clock.scheduleNow();
    const zip = isGood ? zipFor(deps, ticket) : undefined;
    const status = zip === undefined ? 403 : 200;
    const type = zip === undefined ? 'text/html;charset=GBK' : 'application/zip';
    const headers = { 'content-type': type };
    const body = zip === undefined ? '下载链接已失效' : `（ZIP，${zip.length} 字节）`;
    const answer = { status, body, headers, signature: 'none', startedAt: Date.now() };
    logInbound(deps, request, { ...answer, fault: ticket?.fault });
    return reply
      .code(status)
      .headers(headers)
      .send(zip ?? iconv.encode(body, 'gbk'));
  });
}

function zipFor(deps: Deps, ticket: Ticket): Buffer {
  const { fault } = ticket;
  const entries = filesOf(deps, ticket).map(({ name, text }) => ({
    name: iconv.encode(name, 'gbk'),
    content: iconv.encode(text, 'gbk'),
  }));
  // There is no hash of the file: its own check sums stand in.
  const zip = zipOf(entries, fault === 'statement-bad-hash');
  return fault === 'statement-truncated' ? zip.subarray(0, Math.floor(zip.length / 2)) : zip;
}

function filesOf(deps: Deps, ticket: Ticket): BillFile[] {
  const { sellerId, period, fault, date } = ticket;
  const before = billLines(deps, sellerId, { startAt: 0, endAt: period.startAt });
  const input = {
    sellerId,
    label: date.replaceAll('-', ''),
    period,
    lines: spoiltLines(billLines(deps, sellerId, period), fault),
    exportedAt: deps.clock.now(),
    totalOffFen: fault === 'statement-wrong-total' ? 1 : 0,
  };
  if (ticket.billType === 'trade') return tradeBill(input);
  return accountBill({ ...input, openingFen: before.reduce((sum, one) => sum + netFen(one), 0) });
}

function isStatementFault(fault: string | undefined): fault is StatementFault {
  return fault !== undefined && Object.hasOwn(statementFaults, fault);
}

function ticketsOf(deps: Deps): Map<string, Ticket> {
  const known = tickets.get(deps.records) ?? new Map<string, Ticket>();
  tickets.set(deps.records, known);
  return known;
}
