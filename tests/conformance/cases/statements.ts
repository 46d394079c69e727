import type {
  StatementLine,
  StatementResult,
} from '../../../apps/server/src/modules/channels/index.ts';
import { type Case, isOneOf, must } from '../case.ts';
import type { Stand } from '../stand.ts';
import { maskingCase } from './account.ts';

/** What the simulator's control says that the file of a day must say. */
interface Told {
  readonly lines: readonly ToldLine[];
  readonly totalFen: number;
  readonly refundedFen: number;
  readonly feeYuan: string;
}

interface ToldLine {
  readonly kind: string;
  readonly outTradeNo: string;
  readonly tradeNo: string | null;
  readonly outRefundNo: string | null;
  readonly amountFen: number;
  readonly feeYuan: string;
}

const hourMs = 3_600_000;
const days = new WeakMap<Stand, string>();

/** The day of all other cases, once it is over; the file is there by then. */
async function finishedDay(stand: Stand): Promise<string> {
  const known = days.get(stand);
  if (known !== undefined) return known;
  const day = dayOf(stand);
  const order = await stand.paid({ amountFen: 333_33 });
  for (const amountFen of [33_33, 100_00]) {
    const refund = await stand.refundOf(order, amountFen);
    await refund.send();
    await refund.end();
  }
  isOneOf(
    await stand.statement(day),
    ['not-ready', 'none'],
    'the file of a day that is not over is not there',
  );
  await stand.advance(36 * hourMs);
  days.set(stand, day);
  return day;
}

function dayOf(stand: Stand): string {
  return new Date(stand.system.clock.now().getTime() + 8 * hourMs).toISOString().slice(0, 10);
}

const toldOf = (stand: Stand, day: string) =>
  stand.control<Told>(
    'GET',
    `${stand.driver.channel}/statement?mchid=${stand.account.mchId}&day=${day}`,
  );

function linesOf(result: StatementResult): readonly StatementLine[] {
  if (result.state !== 'ready') throw new Error(`the file is not ready: ${JSON.stringify(result)}`);
  return result.statement.lines.filter(({ kind }) => kind !== 'other');
}

const asOurs = (line: ToldLine) =>
  [
    line.kind,
    line.outTradeNo,
    line.tradeNo ?? '',
    line.amountFen,
    Number(line.feeYuan).toFixed(5),
  ].join(' ');

const asTold = (line: StatementLine) =>
  [line.kind, line.orderNo, line.tradeNo, line.amountFen, Number(line.feeYuan).toFixed(5)].join(
    ' ',
  );

/** Rows of the file against the truth: what is missing in it, and what it has too many. */
function differences(lines: readonly StatementLine[], told: Told) {
  const left = new Map<string, number>();
  for (const line of told.lines) count(left, asOurs(line), 1);
  for (const line of lines) count(left, asTold(line), -1);
  const missing = [...left].filter(([, times]) => times > 0).map(([line]) => line);
  const extra = [...left].filter(([, times]) => times < 0).map(([line]) => line);
  return { missing, extra };
}

function count(all: Map<string, number>, key: string, by: number): void {
  all.set(key, (all.get(key) ?? 0) + by);
}

const spoilt: readonly (readonly [
  fault: string,
  promise: string,
  missing: number,
  extra: number,
])[] = [
  ['missing-row', 'a row that is missing is missed', 1, 0],
  ['extra-row', 'a row that is nobody’s is there to be seen', 0, 1],
  ['duplicate-row', 'a row that is there twice is there twice', 0, 1],
  ['amount-off', 'a sum that differs by a fen is told as it is', 1, 1],
  ['fee-differs', 'a fee that differs is told as it is', 1, 1],
];

export const statementCases: readonly Case[] = [
  {
    id: 'statement.round-trip',
    promise: 'every payment, refund and fee of the day is read back to the fen, totals included',
    async run(stand) {
      const day = await finishedDay(stand);
      const told = await toldOf(stand, day);
      const result = await stand.statement(day);
      const lines = linesOf(result);
      must(lines.length > 20, 'the day has many rows', lines.length);
      const found = differences(lines, told);
      must(
        found.missing.length + found.extra.length === 0,
        'every row is the one that the channel has',
        { missing: found.missing.slice(0, 3), extra: found.extra.slice(0, 3) },
      );
      if (result.state !== 'ready') return;
      const { totals } = result.statement;
      must(
        totals.paymentFen === told.totalFen &&
          totals.refundFen === told.refundedFen &&
          Number(totals.feeYuan).toFixed(5) === Number(told.feeYuan).toFixed(5),
        'the totals are those of the channel',
        { totals, told: { ...told, lines: told.lines.length } },
      );
    },
  },
  ...spoilt.map(
    ([fault, promise, missing, extra]): Case => ({
      id: `statement.${fault}`,
      promise: `${promise}, or the file is not believed`,
      async run(stand) {
        const day = await finishedDay(stand);
        await stand.arm('statement', `statement-${fault}`);
        const result = await stand.statement(day);
        if (result.state === 'broken') return;
        const found = differences(linesOf(result), await toldOf(stand, day));
        must(
          found.missing.length === missing && found.extra.length === extra,
          'exactly that row differs',
          found,
        );
      },
    }),
  ),
  ...(['wrong-total', 'truncated', 'bad-hash'] as const).map(
    (fault): Case => ({
      id: `statement.${fault}`,
      promise: 'a file that contradicts itself is never taken for the day’s truth',
      async run(stand) {
        const day = await finishedDay(stand);
        await stand.arm('statement', `statement-${fault}`);
        const result = await stand.statement(day);
        if (result.state !== 'ready') {
          isOneOf(result, ['broken', 'unknown'], 'the file is broken or not believed');
          return;
        }
        const { missing, extra } = differences(linesOf(result), await toldOf(stand, day));
        must(missing.length + extra.length > 0, 'it is not read as if nothing were wrong');
      },
    }),
  ),
  {
    id: 'statement.not-ready',
    promise: 'a file that is not there yet is asked for again, and is not an empty day',
    async run(stand) {
      const day = await finishedDay(stand);
      await stand.arm('statement', 'statement-not-ready');
      isOneOf(await stand.statement(day), ['not-ready', 'none', 'unknown'], 'it is not read');
    },
  },
  {
    id: 'statement.empty-day',
    promise: 'a day on which nothing moved has no rows',
    async run(stand) {
      await finishedDay(stand);
      const empty = new Date(stand.system.clock.now().getTime() - 10 * 24 * hourMs);
      const result = await stand.statement(empty.toISOString().slice(0, 10));
      if (result.state === 'ready') must(linesOf(result).length === 0, 'it has no rows');
      else isOneOf(result, ['none', 'not-ready'], 'there is none');
    },
  },
  {
    id: 'statement.unclear',
    promise: 'an answer that cannot be believed is no statement',
    async run(stand) {
      const day = await finishedDay(stand);
      for (const fault of ['server-error', 'connection-lost-after', 'unparsable']) {
        await stand.arm('statement', fault);
        isOneOf(await stand.statement(day), ['unknown', 'broken'], `after ${fault} it is unknown`);
      }
    },
  },
  maskingCase,
];
