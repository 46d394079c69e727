import type { AccountHealth } from '@wuye-pay/contract';
import { dayOf } from '../../../platform/clock.ts';
import type { Words } from '../description.ts';
import type { Circuit } from '../domain/circuit.ts';
import {
  bucketEndsMs,
  type HealthVerb,
  noCalls,
  plus,
  quantileMs,
  successRateBp,
  totalOf,
} from '../domain/health.ts';
import { channelsErrors } from '../errors.ts';
import type { ChannelDeps } from '../open-account.ts';
import {
  circuitsOf,
  countsSince,
  recentTrouble,
  refusalsSince,
  type VerbCounts,
} from '../queries/health.ts';
import { merchantAccountById } from '../queries/merchant-accounts.ts';
import { flushHealth } from './measure-call.ts';
import { refusalWords } from './refusal-words.ts';

/** Minutes that are shown: what happens now, in the last hour, in the last day. */
const windows = [5, 60, 24 * 60];
const verbs: readonly HealthVerb[] = ['prepay', 'query'];
const minuteMs = 60_000;
const troubleMs = 7 * 24 * 60 * minuteMs;
const troubleRows = 20;
const median = 0.5;
const nearlyAll = 0.95;

/** How an account has been lately. @throws MERCHANT_ACCOUNT_NOT_FOUND */
export async function viewHealth(
  deps: ChannelDeps,
  companyId: string,
  id: string,
): Promise<AccountHealth> {
  await flushHealth(deps);
  const nowMs = deps.clock.now().getTime();
  const ago = (ms: number) => new Date(nowMs - ms);
  return await deps.db.read(companyId, async (tx) => {
    if (!(await merchantAccountById(tx, id))) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
    const [circuits, trouble, refusals, ...counts] = await Promise.all([
      circuitsOf(tx, [id]),
      recentTrouble(tx, { id, since: ago(troubleMs), limit: troubleRows }),
      refusalsSince(tx, { id, since: dayOf(ago(troubleMs), 'UTC') }),
      ...windows.map((minutes) => countsSince(tx, [{ id, since: ago(minutes * minuteMs) }])),
    ]);
    const circuit = circuits.get(id);
    return {
      circuit: circuit?.state ?? 'closed',
      since: circuit?.since.toISOString() ?? null,
      reason: circuit ? reasonWords(circuit) : null,
      retryAt: circuit?.retryAt?.toISOString() ?? null,
      windows: windows.flatMap((minutes, index) =>
        verbs.map((verb) => windowOf(minutes, verb, counts[index] ?? [])),
      ),
      longestMs: bucketEndsMs.at(-1) ?? 0,
      refusals: refusals.map(({ lastAt, ...refusal }) => ({
        ...refusal,
        words: refusalWords[refusal.reason] ?? { zh: refusal.reason, en: refusal.reason },
        lastAt: lastAt.toISOString(),
      })),
      trouble: trouble.map(({ merchantAccountId: _id, at, ...rest }) => ({
        ...rest,
        at: at.toISOString(),
      })),
    };
  });
}

function windowOf(minutes: number, verb: HealthVerb, rows: readonly VerbCounts[]) {
  const counts = rows
    .filter((row) => row.verb === verb)
    .reduce((all, row) => plus(all, row.counts), noCalls);
  return {
    minutes,
    verb,
    calls: totalOf(counts),
    refused: counts.refused,
    sick: counts.sick,
    successRateBp: successRateBp(counts) ?? null,
    p50Ms: finite(quantileMs(counts, median)),
    p95Ms: finite(quantileMs(counts, nearlyAll)),
  };
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** The reason is kept in English for the log; people read it in their language. */
function reasonWords({ reason }: Circuit): Words {
  const found = patterns.find(({ pattern }) => pattern.test(reason));
  return { zh: found ? reason.replace(found.pattern, found.zh) : reason, en: reason };
}

const patterns = [
  {
    pattern: /^orders: (\d+) of (\d+) without a clear answer$/,
    zh: '$2 笔下单中 $1 笔没有明确答复',
  },
  {
    pattern: /^calls: (\d+) of (\d+) without a clear answer$/,
    zh: '$2 次请求中 $1 次没有明确答复',
  },
  {
    pattern: /^calls: (\d+) of (\d+) took more than (\d+) ms$/,
    zh: '$2 次请求中 $1 次超过 $3 毫秒',
  },
  { pattern: /^trial: no clear answer$/, zh: '恢复后的第一笔仍没有明确答复' },
  { pattern: /^trial: answered$/, zh: '恢复后的第一笔已得到答复' },
  { pattern: /^probe: (.*)$/, zh: '探测已得到答复，放一笔新支付试试' },
];
