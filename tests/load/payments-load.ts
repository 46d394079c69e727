import { createPrivateKey } from 'node:crypto';
import pg from 'pg';
import { notificationOf, openWire, type Wire } from './payments-wire.ts';

/** What the load generator is asked to do; it runs in a process of its own. */
export interface Job {
  readonly ownerUrl: string;
  readonly port: number;
  readonly shortCode: string;
  readonly platform: { readonly serial: string; readonly pem: string; readonly apiV3Key: string };
  /** Notifications of this order and the ones after it. */
  readonly first: number;
  readonly count: number;
  readonly connections: number;
  /** Absent: each connection sends its next request when it has its answer. */
  readonly perSecond?: number;
  /** What is not sent by then is left. */
  readonly maxSeconds: number;
  /** Whole HTTP requests, byte by byte as latin1, when somebody else signed them. */
  readonly requests?: readonly string[];
}

export interface Sample {
  readonly order: number;
  /** Milliseconds since 1970; in an open run the time at which it was due. */
  readonly sentAt: number;
  readonly ms: number;
  readonly status: number;
}

export interface Report {
  readonly seconds: number;
  readonly samples: readonly Sample[];
}

process.on('message', (job: Job) => {
  void carryOut(job).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function carryOut(job: Job): Promise<Report> {
  const requests = job.requests?.map((text) => Buffer.from(text, 'latin1')) ?? (await prepare(job));
  const wires = await Promise.all(
    Array.from({ length: job.connections }, () => openWire(job.port)),
  );
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const send = async (wire: Wire, index: number, dueAt: number): Promise<void> => {
    const request = requests[index];
    if (!request) throw new Error(`no request ${index}`);
    const status = await wire.send(request);
    const ms = performance.now() - dueAt;
    samples.push({ order: job.first + index, sentAt: performance.timeOrigin + dueAt, ms, status });
  };
  await (job.perSecond === undefined
    ? closed(job, wires, startedAt, send)
    : open(job, job.perSecond, wires, startedAt, send));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const wire of wires) wire.close();
  return { seconds, samples };
}

/** Signing costs more than checking, so it is all done before the clock runs. */
async function prepare(job: Job): Promise<Buffer[]> {
  const client = new pg.Client({ connectionString: job.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ account_no: number; body: string }>(
    'select account_no, body from bench.orders where n >= $1 order by n limit $2',
    [job.first, job.count],
  );
  await client.end();
  const { serial, pem, apiV3Key } = job.platform;
  const platform = { serial, apiV3Key, key: createPrivateKey(pem) };
  const { port, shortCode } = job;
  return rows.map((row) =>
    notificationOf(platform, {
      ...{ port, shortCode },
      accountNo: row.account_no,
      transaction: row.body,
    }),
  );
}

type Send = (wire: Wire, index: number, dueAt: number) => Promise<void>;

async function closed(
  { count, maxSeconds }: Job,
  wires: readonly Wire[],
  startedAt: number,
  send: Send,
): Promise<void> {
  let next = 0;
  const until = startedAt + maxSeconds * 1000;
  await Promise.all(
    wires.map(async (wire) => {
      while (next < count && performance.now() < until) {
        const index = next;
        next += 1;
        await send(wire, index, performance.now());
      }
    }),
  );
}

/**
 * Arrivals do not wait for answers: random gaps, as of many independent payers, and what finds no
 * free connection waits with its clock running.
 */
async function open(
  { count, maxSeconds }: Job,
  perSecond: number,
  wires: readonly Wire[],
  startedAt: number,
  send: Send,
): Promise<void> {
  const free = [...wires];
  const due = arrivals(count, perSecond).map((ms) => startedAt + ms);
  const until = startedAt + maxSeconds * 1000;
  let next = 0;
  let done = 0;
  await new Promise<void>((resolve, reject) => {
    const timer = setInterval(step, 1);
    function step(): void {
      const now = performance.now();
      while (next < count && (due[next] ?? 0) <= now && now < until) {
        const wire = free.pop();
        if (!wire) return;
        const index = next;
        next += 1;
        send(wire, index, due[index] ?? now).then(() => {
          free.push(wire);
          done += 1;
          step();
        }, reject);
      }
      if (done === next && (next === count || now >= until)) {
        clearInterval(timer);
        resolve();
      }
    }
  });
}

/** Milliseconds from the start, with exponential gaps from a fixed seed: every run is the same. */
function arrivals(count: number, perSecond: number): number[] {
  let seed = 20261125;
  let at = 0;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    at += (-Math.log((seed + 1) / 2 ** 32) / perSecond) * 1000;
    return at;
  });
}
