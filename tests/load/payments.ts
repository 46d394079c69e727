import { createDatabase } from '../../apps/server/src/platform/database/index.ts';
import { hasFailure, verifyLedger } from '../../apps/server/src/verify-ledger/verify.ts';
import { openPgbench, type Pgbench } from './payments-pgbench.ts';
import { summarise } from './payments-profile.ts';
import {
  type Kind,
  type Measured,
  measureBound,
  measureServer,
  type OrderBook,
  orderBook,
} from './payments-runs.ts';
import { scene } from './payments-seed.ts';
import { buildServer, type Server, type ServerOptions, startServer } from './payments-server.ts';
import { directoryIn, openStage, type Stage } from './payments-stage.ts';
import { countTrips } from './payments-trips.ts';
import { verifyOrders } from './payments-verify.ts';
import { type BenchResult, type Figure, median, percentile } from './report.ts';

/** Shrinks every run: 0.1 is enough to see whether it works. */
const scale = Number(process.env['BENCH_SCALE'] ?? 1);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const scaled = (count: number) => Math.max(64, Math.round(count * scale));

interface Level {
  readonly name: string;
  readonly connections: number;
  readonly kind: Kind;
  /** Payments of one run of the server, and of one of pgbench. */
  readonly payments: number;
  readonly bound: number;
}

/** The ratio of the bench is taken here. */
const main: Level = level('16 connections', 16, 'hot', 1600, 4800);
const levels: readonly Level[] = [
  level('1 connection', 1, 'hot', 300, 1500),
  main,
  level('64 connections', 64, 'hot', 1600, 4800),
  level('16 connections, 8 accounts', 16, 'spread', 1600, 4800),
];
const warmUp = scaled(1500);
const halfLoad = scaled(4000);
const profiled = scaled(3000);
const counted = 64;

function level(
  name: string,
  connections: number,
  kind: Kind,
  payments: number,
  bound: number,
): Level {
  return { name, connections, kind, payments: scaled(payments), bound: scaled(bound) };
}

/** What was measured at one level, by round. */
interface Series {
  readonly level: Level;
  readonly server: Measured[];
  readonly bound: number[];
  readonly floor: number[];
}

/**
 * Confirmed payments a second: signed and sealed notifications over HTTP to the server of
 * `npm start`, against pgbench writing the rows of the same payments with one stored function,
 * and against one row inserted and committed, on the same PostgreSQL in turns. Afterwards every
 * payment is looked at, and the books are proved.
 */
export async function run(): Promise<BenchResult> {
  await buildServer();
  const orders = ordersNeeded();
  const stage = await openStage(orders);
  try {
    const { socketDir } = stage.postgres;
    const database = stage.boundDatabase;
    const pgbench = await openPgbench({ socketDir, database, workDir: stage.workDir });
    const books = { server: orderBook(orders.hot), bound: orderBook(orders.hot) };
    const { series, half } = await measure(stage, pgbench, books);
    const notes = [
      ...(await tripsOf(stage, books.server)),
      ...(await profileOf(stage, books.server)),
      ...(await proofOf(stage, books)),
    ];
    return resultOf(series, half, { books, notes });
  } finally {
    await stage.close();
  }
}

interface Books {
  readonly server: OrderBook;
  readonly bound: OrderBook;
}

function ordersNeeded(): { hot: number; spread: number } {
  const of = (kind: Kind, count: (of: Level) => number) =>
    levels.filter((each) => each.kind === kind).reduce((sum, each) => sum + count(each), 0) *
    rounds;
  // pgbench rounds up to whole transactions of a client.
  const bound = (each: Level) => each.bound + each.connections;
  const server = of('hot', ({ payments }) => payments) + warmUp + halfLoad + profiled + counted;
  return {
    hot: Math.max(server, of('hot', bound) + warmUp + 64),
    spread: Math.max(
      of('spread', bound),
      of('spread', ({ payments }) => payments),
    ),
  };
}

function optionsOf(stage: Stage, name: string): ServerOptions {
  const { masterKeys, postgres } = stage;
  return { databaseUrl: postgres.ownerUrl, dataDir: directoryIn(stage, name), masterKeys };
}

async function measure(stage: Stage, pgbench: Pgbench, books: Books) {
  const server = await startServer(optionsOf(stage, 'server'));
  try {
    const { connections } = main;
    await measureServer(stage, books.server, server, { count: warmUp, connections });
    await measureBound(pgbench, books.bound, { count: warmUp, connections });
    const series = levels.map((each) => newSeries(each));
    for (let round = 0; round < rounds; round += 1) {
      for (const each of series) await measureRound(stage, pgbench, books, { server, round, each });
    }
    const most = Math.max(...series.map((each) => median(each.server.map((m) => m.perSecond))));
    const half = await measureServer(stage, books.server, server, {
      ...{ count: halfLoad, connections: 64, perSecond: most / 2 },
    });
    return { series, half };
  } finally {
    await server.stop();
  }
}

function newSeries(of: Level): Series {
  return { level: of, server: [], bound: [], floor: [] };
}

/** Turn about, so that neither always has the quieter half. */
async function measureRound(
  stage: Stage,
  pgbench: Pgbench,
  books: Books,
  { server, round, each }: { server: Server; round: number; each: Series },
): Promise<void> {
  const { connections, kind, payments, bound } = each.level;
  const steps = [
    async () => {
      const run = { connections, kind, count: payments };
      each.server.push(await measureServer(stage, books.server, server, run));
    },
    async () => {
      const run = { connections, kind, count: bound };
      each.bound.push(await measureBound(pgbench, books.bound, run));
    },
    async () => {
      const perClient = Math.ceil((bound * 2) / connections);
      each.floor.push(await pgbench.run({ clients: connections, perClient }));
    },
  ];
  for (const step of round % 2 === 0 ? steps : steps.reverse()) await step();
}

/** What one payment asks of the database, one after the other. */
async function tripsOf(stage: Stage, book: OrderBook): Promise<string[]> {
  const counter = await countTrips(stage.postgres.socketDir);
  const databaseUrl = stage.postgres.ownerUrl.replace(/host=.*/, `host=${counter.socketDir}`);
  const server = await startServer({ ...optionsOf(stage, 'counted'), databaseUrl });
  try {
    const run = { connections: 1, count: counted / 2 };
    await measureServer(stage, book, server, run);
    const before = { ...counter.counts };
    await measureServer(stage, book, server, run);
    const each = (name: keyof typeof before) =>
      ((counter.counts[name] - before[name]) / run.count).toFixed(1);
    return [
      `One payment: ${each('trips')} round trips, ${each('statements')} statements, ` +
        `${each('commits')} commits (the jobs that follow not counted)`,
    ];
  } finally {
    await server.stop();
    await counter.close();
  }
}

async function profileOf(stage: Stage, book: OrderBook): Promise<string[]> {
  const profileDir = directoryIn(stage, 'profile');
  const server = await startServer({ ...optionsOf(stage, 'profiled'), profileDir });
  try {
    const { connections } = main;
    await measureServer(stage, book, server, { connections, count: profiled });
  } finally {
    await server.stop();
  }
  return summarise(profileDir, profiled);
}

/** @throws Error when a payment is not settled exactly once or the books do not hold */
async function proofOf(stage: Stage, { server, bound }: Books): Promise<string[]> {
  const rows = await verifyOrders(stage.owner, server.confirmed);
  await verifyOrders(stage.boundOwner, bound.confirmed);
  const db = createDatabase({ url: stage.postgres.ownerUrl, poolSize: 1 });
  try {
    const reports = await verifyLedger(db, { anchorDirectory: undefined, now: new Date() });
    const company = reports.find(({ shortCode }) => shortCode === scene.shortCode);
    if (!company || hasFailure(reports)) {
      throw new Error(`the books do not hold: ${JSON.stringify(reports, null, 2)}`);
    }
    return [
      `Verified: ${rows['proof_key']} payments settled exactly once, ${company.checks.length} ` +
        'checks of the books; pgbench wrote the same rows.',
    ];
  } finally {
    await db.close();
  }
}

function resultOf(
  series: readonly Series[],
  half: Measured,
  { books, notes }: { books: Books; notes: readonly string[] },
): BenchResult {
  const chief = series.find((each) => each.level === main);
  if (!chief) throw new Error('the main level was not measured');
  return {
    name: 'payments',
    ratio: ratio(chief, chief.bound),
    rows: books.server.confirmed.reduce((sum, [, count]) => sum + count, 0),
    figures: [...series.flatMap(figuresOf), ...halfFigures(half)],
    notes: [
      ...series.map(({ level: { name }, server }) => {
        const [least, most] = [Math.min, Math.max].map((of) =>
          of(...server.map((m) => m.perSecond)),
        );
        return `${name}: from ${least?.toFixed(0)} to ${most?.toFixed(0)} payments/s in ${rounds} rounds`;
      }),
      ...notes,
    ],
  };
}

/** Round by round, so that a slow minute of the machine slows both sides. */
function ratio({ server }: Series, other: readonly number[]): number {
  return median(server.map(({ perSecond }, round) => perSecond / (other[round] ?? Number.NaN)));
}

function figuresOf(series: Series): Figure[] {
  const { server, bound, floor } = series;
  const { name } = series.level;
  const answered = server.flatMap(({ answeredMs }) => answeredMs);
  const settled = server.flatMap(({ settledMs }) => settledMs);
  const figure = (what: string, value: number, unit: string) => ({
    ...{ name: `${name}: ${what}`, value, unit },
  });
  return [
    figure('server', median(server.map(({ perSecond }) => perSecond)), 'payments/s'),
    figure('pgbench', median(bound), 'payments/s'),
    figure('floor', median(floor), 'rows/s'),
    figure('server ÷ pgbench', ratio(series, bound), ''),
    figure('server ÷ floor', ratio(series, floor), ''),
    figure('answer p50', percentile(answered, 50), 'ms'),
    figure('answer p99', percentile(answered, 99), 'ms'),
    figure('settled p50', percentile(settled, 50), 'ms'),
    figure('settled p99', percentile(settled, 99), 'ms'),
    figure('server CPU', median(server.map(({ cpuMs }) => cpuMs)), 'ms/payment'),
    figure('events left at the end', median(server.map(({ backlog }) => backlog)), 'rows'),
  ];
}

function halfFigures({ perSecond, answeredMs, settledMs }: Measured): Figure[] {
  return [
    { name: 'half load: arrivals', value: perSecond, unit: 'payments/s' },
    { name: 'half load: answer p50', value: percentile(answeredMs, 50), unit: 'ms' },
    { name: 'half load: answer p99', value: percentile(answeredMs, 99), unit: 'ms' },
    { name: 'half load: settled p50', value: percentile(settledMs, 50), unit: 'ms' },
    { name: 'half load: settled p99', value: percentile(settledMs, 99), unit: 'ms' },
  ];
}
