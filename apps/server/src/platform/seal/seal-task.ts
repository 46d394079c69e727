import { dayOf } from '../clock.ts';
import { sql } from '../database/index.ts';
import type { PeriodicTask } from '../periodic.ts';
import { anchorFile, appendAnchor, lastAnchor } from './anchor.ts';
import type { SealedBook } from './book.ts';
import { everything, firstIdOf, type LookBack, type SealDeps, sealRows } from './seal-rows.ts';

export interface SealOptions {
  readonly books: readonly SealedBook[];
  /** Where the heads of the chains are written down, outside the database. */
  readonly anchorDirectory: string;
}

const everyMs = 4000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * How far back each run looks. The narrow one costs next to nothing and finds what was just
 * committed; the wide ones find what a long transaction or a clock that went back left behind.
 */
const sweeps = [
  { everyMs: dayMs, backMs: undefined },
  { everyMs: minuteMs, backMs: 3 * dayMs },
  { everyMs: 0, backMs: 15 * minuteMs },
] as const;

/** Seals new rows of all companies every few seconds and anchors the heads. */
export function sealTask(deps: SealDeps, options: SealOptions): PeriodicTask {
  const lastAt = sweeps.map(() => Number.NEGATIVE_INFINITY);
  return {
    name: 'platform.seal',
    everyMs,
    run: async () => {
      const now = deps.clock.now();
      const due = sweeps.findIndex(
        (sweep, index) => now.getTime() - (lastAt[index] ?? 0) >= sweep.everyMs,
      );
      await sealBooks(deps, options, lookBackOf(now, sweeps[due]?.backMs));
      lastAt.fill(now.getTime(), due);
    },
  };
}

/** Seals every row that no seal covers, however old. For imports of history, and for tests. */
export async function sealBooks(
  deps: SealDeps,
  options: SealOptions,
  lookBack: LookBack = everything,
): Promise<void> {
  for (const book of options.books) {
    const sealed = await sealRows(deps, book, lookBack);
    // A wide look also finds heads that a crash left unwritten.
    const companies = lookBack.isNarrow ? sealed : undefined;
    await anchorHeads(deps, { book, companies, directory: options.anchorDirectory });
  }
}

interface Head {
  readonly shortCode: string;
  readonly sealNo: number;
  readonly sha256: string;
  readonly rows: number;
  readonly sealedAt: Date;
}

/** Writes down the newest head of each chain, outside the database. */
async function anchorHeads(
  deps: SealDeps,
  input: { book: SealedBook; companies: readonly string[] | undefined; directory: string },
): Promise<void> {
  const { book, companies, directory } = input;
  if (companies?.length === 0) return;
  const chosen = companies === undefined ? sql`true` : sql`company.id = any (${companies}::uuid[])`;
  const heads = await deps.jobsDb.global.many(sql<Head>`
    select company.short_code as "shortCode", seal.seal_no as "sealNo",
      encode(seal.sha256, 'hex') as sha256, seal.rows, seal.sealed_at as "sealedAt"
    from identity.company as company
    cross join lateral (
      select head.seal_no, head.sha256, head.rows, head.sealed_at from platform.seal as head
      where head.company_id = company.id and head.book = ${book.name}
      order by head.seal_no desc limit 1) as seal
    where ${chosen} order by company.short_code`);
  for (const head of heads) {
    const file = anchorFile(directory, head.shortCode, book.name);
    const lastNo = (await lastAnchor(file))?.sealNo ?? 0;
    if (head.sealNo > lastNo) await appendAnchor(file, head);
  }
}

function lookBackOf(now: Date, backMs: number | undefined): LookBack {
  if (backMs === undefined) return everything;
  const from = new Date(now.getTime() - backMs);
  // The day before: an id of just now may lie on the day that has just ended somewhere.
  const fromDay = dayOf(new Date(from.getTime() - dayMs), 'UTC');
  return { fromDay, fromId: firstIdOf(from), isNarrow: backMs < dayMs };
}
