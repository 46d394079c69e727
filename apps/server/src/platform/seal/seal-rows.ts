import type { Clock } from '../clock.ts';
import { type Database, type Statement, sql, type Tx } from '../database/index.ts';
import { newId } from '../id.ts';
import type { SealedBook } from './book.ts';
import { genesis, hashOfRows, hashOfSeal } from './chain.ts';

export interface SealDeps {
  /** The jobs role: it looks across companies. */
  readonly jobsDb: Database;
  readonly clock: Clock;
}

/** How far back unsealed rows are looked for: rows recorded on these days with these ids. */
export interface LookBack {
  readonly fromDay: string;
  /** Ids sort by the time at which they were made. */
  readonly fromId: string;
  /** Covers only what is usually new. */
  readonly isNarrow: boolean;
}

export const everything: LookBack = {
  fromDay: '2000-01-01',
  fromId: '00000000-0000-0000-0000-000000000000',
  isNarrow: false,
};

/** The smallest id that can have been made at an instant or later. */
export function firstIdOf(at: Date): string {
  const millis = at.getTime().toString(16).padStart(12, '0');
  return `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-000000000000`;
}

/** Rows under one seal; more make several seals. */
const maxRows = 5000;

/**
 * Seals the rows of a book that no seal covers yet. A row that was committed late is found as
 * long as it lies within the look-back; what is covered is decided by the rows of the seals, not
 * by a mark up to which everything would be sealed.
 * @returns the companies that got seals
 */
export async function sealRows(
  deps: SealDeps,
  book: SealedBook,
  lookBack: LookBack,
): Promise<string[]> {
  const companies = await deps.jobsDb.global.many(sql<{ companyId: string }>`
    select company_id as "companyId" from ${book.source} as entry
    where ${isOpen(lookBack)} group by company_id order by company_id`);
  for (const { companyId } of companies) {
    let count = maxRows;
    while (count === maxRows) {
      count = await deps.jobsDb.transaction(companyId, (tx) =>
        writeSeal(tx, { book, lookBack, at: deps.clock.now() }),
      );
    }
  }
  return companies.map(({ companyId }) => companyId);
}

interface SealInput {
  readonly book: SealedBook;
  readonly lookBack: LookBack;
  readonly at: Date;
}

interface OpenRow {
  readonly day: string;
  readonly id: string;
  readonly hash: Buffer;
}

/** @returns how many rows it covers; 0 too when another worker wrote the seal of this number */
async function writeSeal(tx: Tx, { book, lookBack, at }: SealInput): Promise<number> {
  // Before the rows: a seal that another worker commits from here on takes our number.
  const last = await tx.maybe(sql<{ sealNo: number; sha256: Buffer }>`
    select seal_no as "sealNo", sha256 from platform.seal
    where company_id = ${tx.companyId} and book = ${book.name} order by seal_no desc limit 1`);
  const rows = await tx.many(sql<OpenRow>`
    select day, id, sha256(convert_to(content, 'UTF8')) as hash from ${book.source} as entry
    where company_id = ${tx.companyId} and ${isOpen(lookBack)}
    order by day, id limit ${maxRows}`);
  if (rows.length === 0) return 0;
  const claim = {
    companyId: tx.companyId,
    book: book.name,
    sealNo: (last?.sealNo ?? 0) + 1,
    rows: rows.length,
    content: hashOfRows(rows.map(({ hash }) => hash)),
    previous: last?.sha256 ?? genesis,
    sealedAt: at,
  };
  const inserted = await tx.run(sql`
    insert into platform.seal (company_id, id, book, seal_no, rows, content_sha256,
      previous_sha256, sha256, sealed_at)
    values (${tx.companyId}, ${newId(at)}, ${book.name}, ${claim.sealNo}, ${claim.rows},
      ${claim.content}, ${claim.previous}, ${hashOfSeal(claim)}, ${at})
    on conflict (company_id, book, seal_no) do nothing`);
  if (inserted === 0) return 0;
  await tx.run(sql`
    insert into platform.sealed_row (company_id, id, book, day, seal_no, place, content_sha256)
    select company.id, entry.id, ${book.name}, entry.day, ${claim.sealNo}, entry.place, entry.hash
    from identity.company as company
    cross join unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ day }) => day)}::date[],
      ${rows.map((_row, index) => index + 1)}::integer[], ${rows.map(({ hash }) => hash)}::bytea[])
      as entry (id, day, place, hash)
    where company.id = ${tx.companyId}`);
  return rows.length;
}

function isOpen({ fromDay, fromId }: LookBack): Statement {
  return sql`day >= ${fromDay} and id >= ${fromId} and not exists (
      select from platform.sealed_row as sealed
      where sealed.company_id = entry.company_id and sealed.id = entry.id)`;
}
