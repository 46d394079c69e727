import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../../apps/server/src/platform/database/index.ts';
import { hasFailure, verifyLedger } from '../../apps/server/src/verify-ledger/verify.ts';
import {
  type ChannelOnStage,
  seedChannels,
  spreadShares,
  verificationMs,
} from './notifications-stage.ts';
import { openPgbench, type Pgbench } from './payments-pgbench.ts';
import { measureBound, type OrderBook, orderBook } from './payments-runs.ts';
import { scene } from './payments-seed.ts';
import { buildServer, type Server, startServer } from './payments-server.ts';
import { directoryIn, openStage, type Stage } from './payments-stage.ts';
import { verifyOrders } from './payments-verify.ts';
import { type BenchResult, type Figure, median, percentile } from './report.ts';

/** Shrinks every run: 0.2 with 2 rounds takes less than a minute. */
const scale = Number(process.env['BENCH_SCALE'] ?? 1);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const scaled = (count: number) => Math.max(64, Math.round(count * scale));
const connections = 16;
/** Of one channel in one round, and before the first. */
const notices = scaled(800);
const warmUp = scaled(300);
const bound = scaled(3200);

/** What was measured of one channel, by round. */
interface Series {
  readonly of: ChannelOnStage;
  readonly perSecond: number[];
  readonly cpuMs: number[];
  readonly verifyMs: number[];
  readonly answeredMs: number[];
  next: number;
}

/**
 * Notifications a second of each channel: pre-signed, over HTTP, verified, stored and booked by the
 * server of `npm start`; against pgbench writing the same rows in turns. What verification alone
 * costs is measured in this process, with the same notices and the adapter by itself.
 */
export async function run(): Promise<BenchResult> {
  await buildServer();
  const each = notices * rounds + warmUp;
  const hot = (bound + connections) * rounds + warmUp + connections;
  const stage = await openStage({ hot, spread: each * spreadShares });
  try {
    const channels = await seedChannels(stage);
    const { socketDir } = stage.postgres;
    const { boundDatabase: database, workDir } = stage;
    const pgbench = await openPgbench({ socketDir, database, workDir });
    return await measure(stage, pgbench, channels.map(newSeries));
  } finally {
    await stage.close();
  }
}

function newSeries(of: ChannelOnStage): Series {
  return { of, perSecond: [], cpuMs: [], verifyMs: [], answeredMs: [], next: 0 };
}

async function measure(
  stage: Stage,
  pgbench: Pgbench,
  series: readonly Series[],
): Promise<BenchResult> {
  const { masterKeys, postgres } = stage;
  const dataDir = directoryIn(stage, 'server');
  const server = await startServer({ databaseUrl: postgres.ownerUrl, dataDir, masterKeys });
  const book = orderBook(Number.MAX_SAFE_INTEGER);
  const boundPerSecond: number[] = [];
  const memory: number[] = [server.memoryMb()];
  try {
    for (const one of series) await measureOne(stage, server, one, warmUp);
    await measureBound(pgbench, book, { count: warmUp, connections });
    for (const one of series) forget(one);
    for (let round = 0; round < rounds; round += 1) {
      boundPerSecond.push(await measureRound(stage, { pgbench, server, book, round }, series));
      memory.push(server.memoryMb());
    }
  } finally {
    await server.stop();
  }
  const proved = await prove(stage, series);
  return resultOf(series, { boundPerSecond, memory, proved });
}

/** The warm-up measured nothing; its orders are used up. */
function forget({ perSecond, cpuMs, verifyMs, answeredMs }: Series): void {
  for (const list of [perSecond, cpuMs, verifyMs, answeredMs]) list.length = 0;
}

/** Turn about, so that nobody always has the quieter half. */
async function measureRound(
  stage: Stage,
  tools: { pgbench: Pgbench; server: Server; book: OrderBook; round: number },
  series: readonly Series[],
): Promise<number> {
  const { pgbench, server, book, round } = tools;
  const turn = round % 2 === 0 ? series : [...series].reverse();
  const [first, last] = [turn.slice(0, 2), turn.slice(2)];
  for (const one of first) await measureOne(stage, server, one, notices);
  const perSecond = await measureBound(pgbench, book, { count: bound, connections });
  for (const one of last) await measureOne(stage, server, one, notices);
  return perSecond;
}

async function measureOne(
  stage: Stage,
  server: Server,
  series: Series,
  count: number,
): Promise<void> {
  const { of, next } = series;
  series.next += count;
  const { shortCode } = scene;
  const address = { port: server.port, shortCode, accountNo: of.accountNo };
  const requests = of.orders
    .slice(next, next + count)
    .map((order) => of.channel.request(address, order));
  series.verifyMs.push(await verificationMs(of, requests.slice(0, 200)));
  const texts = requests.map((request) => request.toString('latin1'));
  const before = server.cpuMs();
  const load = { port: server.port, first: 0, count, connections, requests: texts };
  const { seconds, samples } = await stage.load(load);
  await untilDelivered(stage);
  const refused = samples.find(({ status }) => status !== 200);
  if (refused) throw new Error(`${of.channel.name}: answered ${refused.status}`);
  series.perSecond.push(samples.length / seconds);
  series.answeredMs.push(...samples.map(({ ms }) => ms));
  series.cpuMs.push((server.cpuMs() - before) / samples.length);
}

/** So that no run carries the jobs of the one before. */
async function untilDelivered({ owner }: Stage): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    const { rows } = await owner.query<{ left: string }>(
      'select count(*) as left from platform.outbox where done_at is null',
    );
    if (rows[0]?.left === '0') return;
    await sleep(100);
  }
  throw new Error('the jobs do not deliver the events');
}

/** @throws Error when a payment is not settled exactly once or the books do not hold */
async function prove(stage: Stage, series: readonly Series[]): Promise<number> {
  const confirmed = series.flatMap(({ of, next }) =>
    of.orders.slice(0, next).map(({ n }) => [n, 1] as const),
  );
  await verifyOrders(stage.owner, confirmed);
  const db = createDatabase({ url: stage.postgres.ownerUrl, poolSize: 1 });
  try {
    const reports = await verifyLedger(db, { anchorDirectory: undefined, now: new Date() });
    if (hasFailure(reports)) throw new Error(`the books do not hold: ${JSON.stringify(reports)}`);
  } finally {
    await db.close();
  }
  return confirmed.length;
}

function resultOf(
  series: readonly Series[],
  seen: {
    readonly boundPerSecond: readonly number[];
    readonly memory: readonly number[];
    readonly proved: number;
  },
): BenchResult {
  const { boundPerSecond, memory, proved } = seen;
  const ratios = series.map((one) => ratioOf(one, boundPerSecond));
  return {
    name: 'notifications',
    ratio: median(ratios),
    rows: proved,
    figures: [
      ...series.flatMap((one, index) => figuresOf(one, ratios[index] ?? Number.NaN)),
      { name: 'pgbench', value: median(boundPerSecond), unit: 'payments/s' },
      { name: 'memory before', value: memory[0] ?? Number.NaN, unit: 'MB' },
      { name: 'memory at the most', value: Math.max(...memory), unit: 'MB' },
    ],
    notes: [`Verified: ${proved} payments settled exactly once, and the books hold.`],
  };
}

/** Round by round, so that a slow minute of the machine slows both sides. */
function ratioOf({ perSecond }: Series, boundPerSecond: readonly number[]): number {
  return median(perSecond.map((one, round) => one / (boundPerSecond[round] ?? Number.NaN)));
}

function figuresOf({ of, ...measured }: Series, ratio: number): Figure[] {
  const { perSecond, cpuMs, verifyMs, answeredMs } = measured;
  const figure = (what: string, value: number, unit: string) => ({
    ...{ name: `${of.channel.name}: ${what}`, value, unit },
  });
  const shares = cpuMs.map((all, round) => ((verifyMs[round] ?? Number.NaN) / all) * 100);
  return [
    figure('server', median(perSecond), 'notifications/s'),
    figure('server ÷ pgbench', ratio, ''),
    figure('answer p50', percentile(answeredMs, 50), 'ms'),
    figure('answer p99', percentile(answeredMs, 99), 'ms'),
    figure('server CPU', median(cpuMs), 'ms/notification'),
    figure('verification alone', median(verifyMs), 'ms/notification'),
    figure('share of verification', median(shares), '%'),
  ];
}
