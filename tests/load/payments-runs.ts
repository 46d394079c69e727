import { setTimeout as sleep } from 'node:timers/promises';
import type { Pgbench } from './payments-pgbench.ts';
import type { Server } from './payments-server.ts';
import type { Stage } from './payments-stage.ts';
import { settledAt } from './payments-verify.ts';

export interface Measured {
  /** Confirmed payments a second. */
  readonly perSecond: number;
  /** From the request to its answer 200. */
  readonly answeredMs: readonly number[];
  /** From the request to the commit that settled the bill. */
  readonly settledMs: readonly number[];
  /** Events that the jobs of the same process had not delivered when the last answer came. */
  readonly backlog: number;
  /** Processor time of the server for each payment, its jobs included. */
  readonly cpuMs: number;
}

export type Kind = 'hot' | 'spread';

/** Which orders of one database are still open, and which were confirmed. */
export interface OrderBook {
  readonly confirmed: [first: number, count: number][];
  /** @returns the first of `count` orders that nobody else gets */
  take(kind: Kind, count: number): number;
}

export function orderBook(hot: number): OrderBook {
  const next = { hot: 1, spread: hot + 1 };
  return {
    confirmed: [],
    take(kind, count) {
      const first = next[kind];
      next[kind] += count;
      return first;
    },
  };
}

export interface ServerRun {
  readonly kind?: Kind;
  readonly count: number;
  readonly connections: number;
  readonly perSecond?: number;
}

/** Sends notifications to the server and asks the database what became of them. */
export async function measureServer(
  stage: Stage,
  book: OrderBook,
  server: Server,
  run: ServerRun,
): Promise<Measured> {
  const { kind = 'hot', ...load } = run;
  const first = book.take(kind, run.count);
  const cpuBefore = server.cpuMs();
  const { seconds, samples } = await stage.load({ port: server.port, first, ...load });
  const backlog = await undelivered(stage);
  const refused = samples.filter(({ status }) => status !== 200);
  if (refused.length > 0) throw new Error(`${refused.length} were answered ${refused[0]?.status}`);
  book.confirmed.push([first, samples.length]);
  const settled = await settledAt(stage.owner, first, samples.length);
  await untilDelivered(stage);
  return {
    perSecond: samples.length / seconds,
    answeredMs: samples.map(({ ms }) => ms),
    settledMs: samples.map(({ order, sentAt }) => (settled.get(order) ?? Number.NaN) - sentAt),
    backlog,
    cpuMs: (server.cpuMs() - cpuBefore) / samples.length,
  };
}

/** The same payments as one stored function each. @returns payments a second */
export async function measureBound(
  pgbench: Pgbench,
  book: OrderBook,
  run: ServerRun,
): Promise<number> {
  const perClient = Math.ceil(run.count / run.connections);
  const count = perClient * run.connections;
  const first = book.take(run.kind ?? 'hot', count);
  const perSecond = await pgbench.run({ clients: run.connections, perClient, first });
  book.confirmed.push([first, count]);
  return perSecond;
}

async function undelivered({ owner }: Stage): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(
    'select count(*) from platform.outbox where done_at is null',
  );
  return Number(rows[0]?.count);
}

/** So that no run carries the jobs of the one before. */
async function untilDelivered(stage: Stage): Promise<void> {
  for (let waited = 0; (await undelivered(stage)) > 0; waited += 1) {
    if (waited > 300) throw new Error('the jobs do not deliver the events');
    await sleep(100);
  }
}
