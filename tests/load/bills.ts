import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { draftRun } from '../../apps/server/src/modules/billing/use-cases/draft-run.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { systemClock } from '../../apps/server/src/platform/clock.ts';
import type { Database } from '../../apps/server/src/platform/database/index.ts';
import { createDatabase, migrate } from '../../apps/server/src/platform/database/index.ts';
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

/**
 * A bill run, as the console starts it, against a plain `insert … select` of the same rows into
 * the same table: same role, same indexes and keys, same server, one after the other in each round,
 * each into an empty table right after a checkpoint, commit included.
 */
export async function run(): Promise<BenchResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuye-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: PRODUCTION_SETTINGS });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  const db = createDatabase({ url: server.url('wuye_app'), poolSize: 2 });
  try {
    await migrate({ ownerUrl: server.ownerUrl, directory: 'apps/server/migrations' });
    await owner.connect();
    await seedBills(owner, rows);
    return await measure(owner, db);
  } finally {
    await db.close();
    await owner.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(owner: pg.Client, db: Database): Promise<BenchResult> {
  await emptyBills(owner);
  await draft(db); // Warms the caches and gives the rows of the bound.
  await keepRows(owner);
  const ours: number[] = [];
  const bound: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Turn about, so that neither always has the quieter half of a round.
    const steps = round % 2 === 0 ? [timeDraft, timeBound] : [timeBound, timeDraft];
    for (const step of steps) {
      await emptyBills(owner);
      (step === timeDraft ? ours : bound).push(await step(owner, db));
    }
  }
  await emptyBills(owner);
  const notes = await profileDraft(db);
  const [ourSeconds, boundSeconds] = [median(ours), median(bound)];
  return {
    name: 'bills',
    ratio: median(ours.map((seconds, round) => seconds / (bound[round] ?? seconds))),
    rows,
    figures: [
      { name: 'bill run, median', value: ourSeconds, unit: 's' },
      { name: 'bill run', value: rows / ourSeconds, unit: 'bills/s' },
      { name: 'plain insert … select, median', value: boundSeconds, unit: 's' },
      { name: 'plain insert … select', value: rows / boundSeconds, unit: 'bills/s' },
      { name: 'bill run, slowest round', value: Math.max(...ours), unit: 's' },
      { name: 'plain insert … select, slowest round', value: Math.max(...bound), unit: 's' },
      { name: 'rounds', value: rounds, unit: '' },
      { name: 'units skipped with a reason', value: bench.skipped(rows), unit: 'rows' },
    ],
    notes,
  };
}

async function timeDraft(_owner: pg.Client, db: Database): Promise<number> {
  return await seconds(() => draft(db));
}

async function draft(db: Database): Promise<void> {
  const { companyId, communityId, month } = bench;
  const deps = { db, clock: systemClock };
  const actor = systemActor(companyId, 'bench');
  await draftRun(deps, { companyId, communityId, month, actor });
}

/** The application's role, so that row-level security and keys cost both sides the same. */
async function timeBound(owner: pg.Client, db: Database): Promise<number> {
  await owner.query('insert into billing.bill_run select * from bench.bill_run');
  await owner.query('checkpoint');
  return await seconds(() =>
    db.transaction(bench.companyId, async (tx) => {
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

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
