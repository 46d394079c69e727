import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareForBulk } from '../../apps/server/src/modules/billing/store/draft-store.ts';
import { draftRun } from '../../apps/server/src/modules/billing/use-cases/draft-run.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { systemClock } from '../../apps/server/src/platform/clock.ts';
import type { Database } from '../../apps/server/src/platform/database/index.ts';
import { createDatabase, migrate, sql } from '../../apps/server/src/platform/database/index.ts';
import {
  PRODUCTION_SETTINGS,
  startEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { profileDraft } from './bills-profile.ts';
import { bench, seedBills } from './bills-seed.ts';
import { type BenchResult, median } from './report.ts';

/** Bills of one run; 10 fee items, so a tenth as many units. */
const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

/** Progress for whoever waits; apart from the result, which may be read by a machine. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * A bill run, as the console starts it, against a plain `insert … select` of the same rows into
 * the same table: same role, same indexes and keys, same server, one after the other in each round,
 * each into an empty table right after a checkpoint, commit included.
 */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuye-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: PRODUCTION_SETTINGS });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  const db = createDatabase({ url: server.url('wuye_app'), poolSize: 1 });
  try {
    await migrate({ ownerUrl: server.ownerUrl, directory: 'apps/server/migrations' });
    await owner.connect();
    tell(`filling ${rows / bench.feeItems} units`);
    await seedBills(owner, rows);
    return await measure(owner, db);
  } finally {
    await db.close();
    await owner.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Sample {
  readonly seconds: number;
  /** Of the one server process that does the work; undefined where there is no /proc. */
  readonly cpuSeconds: number | undefined;
}

async function measure(owner: pg.Client, db: Database): Promise<BenchResult> {
  await emptyBills(owner);
  await draft(db); // Warms the caches and gives the rows of the bound.
  await keepRows(owner);
  const ours: Sample[] = [];
  const bound: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sides = [
      { name: 'bill run', samples: ours, step: timeDraft },
      { name: 'bound', samples: bound, step: timeBound },
    ];
    // Turn about, so that neither always has the quieter half of a round.
    for (const { name, samples, step } of round % 2 === 0 ? sides : sides.reverse()) {
      await emptyBills(owner);
      const sample = await step(owner, db);
      samples.push(sample);
      tell(`round ${round + 1}: ${name} ${sample.seconds.toFixed(1)} s`);
    }
  }
  await emptyBills(owner);
  const notes = await profileDraft(db);
  return { ...summary(ours, bound), notes };
}

function summary(ours: readonly Sample[], bound: readonly Sample[]): BenchResult {
  const seconds = (samples: readonly Sample[]) => samples.map((sample) => sample.seconds);
  const cpu = (samples: readonly Sample[]) => samples.flatMap((sample) => sample.cpuSeconds ?? []);
  const [ourSeconds, boundSeconds] = [median(seconds(ours)), median(seconds(bound))];
  const [ourCpu, boundCpu] = [cpu(ours), cpu(bound)];
  const cpuFigures =
    ourCpu.length === 0 || boundCpu.length === 0
      ? []
      : [
          { name: 'bill run, CPU of the server', value: median(ourCpu), unit: 's' },
          { name: 'plain insert … select, CPU', value: median(boundCpu), unit: 's' },
          { name: 'ratio by CPU', value: median(ourCpu) / median(boundCpu), unit: '' },
        ];
  return {
    name: 'bills',
    ratio: ourSeconds / boundSeconds,
    rows,
    figures: [
      { name: 'bill run, median', value: ourSeconds, unit: 's' },
      { name: 'bill run', value: rows / ourSeconds, unit: 'bills/s' },
      { name: 'plain insert … select, median', value: boundSeconds, unit: 's' },
      { name: 'plain insert … select', value: rows / boundSeconds, unit: 'bills/s' },
      { name: 'bill run, fastest', value: Math.min(...seconds(ours)), unit: 's' },
      { name: 'plain insert … select, fastest', value: Math.min(...seconds(bound)), unit: 's' },
      ...cpuFigures,
      { name: 'rounds', value: rounds, unit: '' },
      { name: 'skipped with a reason', value: bench.skipped(rows), unit: 'rows' },
    ],
  };
}

async function timeDraft(_owner: pg.Client, db: Database): Promise<Sample> {
  return await sampleOf(db, () => draft(db));
}

async function draft(db: Database): Promise<void> {
  const { companyId, communityId, month } = bench;
  const deps = { db, clock: systemClock };
  const actor = systemActor(companyId, 'bench');
  await draftRun(deps, { companyId, communityId, month, actor });
}

/** The application's role, so that row-level security and keys cost both sides the same. */
async function timeBound(owner: pg.Client, db: Database): Promise<Sample> {
  await owner.query('insert into billing.bill_run select * from bench.bill_run');
  await owner.query('checkpoint');
  return await sampleOf(db, () =>
    db.transaction(bench.companyId, async (tx) => {
      await prepareForBulk(tx);
      await tx.client.query('insert into billing.bill select * from bench.bill');
    }),
  );
}

async function keepRows(owner: pg.Client): Promise<void> {
  await owner.query('create schema bench');
  for (const table of ['bill', 'bill_run']) {
    await owner.query(`create table bench.${table} as table billing.${table}`);
  }
  await owner.query('grant usage on schema bench to wuye_app');
  await owner.query('grant select on all tables in schema bench to wuye_app');
  const { rows: counted } = await owner.query<{ count: string }>('select count(*) from bench.bill');
  if (Number(counted[0]?.count) !== rows)
    throw new Error(`${counted[0]?.count} bills were drafted`);
  await owner.query('vacuum analyze');
}

async function emptyBills(owner: pg.Client): Promise<void> {
  await owner.query(`truncate billing.bill_run, billing.run_total, billing.bill,
    billing.skipped_unit, billing.outlier, billing.hold cascade`);
  await owner.query('checkpoint');
}

/** The pool has one connection, so the process that answers here is the one that works. */
async function sampleOf(db: Database, work: () => Promise<void>): Promise<Sample> {
  const { pid } = await db.global.one(sql<{ pid: number }>`select pg_backend_pid() as pid`);
  const cpuBefore = cpuOf(pid);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const cpuAfter = cpuOf(pid);
  const hasCpu = cpuBefore !== undefined && cpuAfter !== undefined;
  return { seconds, cpuSeconds: hasCpu ? cpuAfter - cpuBefore : undefined };
}

/** Clock ticks are 1/100 s on every Linux that Node runs on; fields 14 and 15 of proc(5). */
function cpuOf(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined; // No /proc: macOS and Windows report elapsed time only.
  }
}
