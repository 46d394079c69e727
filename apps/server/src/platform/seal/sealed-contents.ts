import { sql, type Tx } from '../database/index.ts';
import type { SealedBook } from './book.ts';
import { failure, type SealFinding } from './finding.ts';

interface Contents {
  readonly rows: number;
  readonly content: Buffer;
}

/** What the rows under each seal of a span hash to now. */
export async function contentsOf(
  tx: Tx,
  book: SealedBook,
  span: { from: number; to: number },
): Promise<Map<number, Contents>> {
  const found = await tx.many(sql<Contents & { sealNo: number }>`
    select sealed.seal_no as "sealNo", count(*) as rows,
      sha256(string_agg(coalesce(sha256(convert_to(entry.content, 'UTF8')), ''::bytea), ''::bytea
        order by sealed.place)) as content
    from platform.sealed_row as sealed
    left join ${book.source} as entry on entry.company_id = sealed.company_id
      and entry.day = sealed.day and entry.id = sealed.id
    where sealed.company_id = ${tx.companyId} and sealed.book = ${book.name}
      and sealed.seal_no >= ${span.from} and sealed.seal_no <= ${span.to}
    group by sealed.seal_no`);
  return new Map(found.map((contents) => [contents.sealNo, contents]));
}

interface SealedRow {
  readonly place: number;
  readonly day: string;
  readonly id: string;
  readonly sealed: Buffer;
  readonly now: Buffer | null;
}

/** Which rows under a broken seal are not what they were, with their places. */
export async function changedRows(
  tx: Tx,
  book: SealedBook,
  seal: { sealNo: number; rows: number },
): Promise<SealFinding[]> {
  const { sealNo } = seal;
  const rows = await tx.many(sql<SealedRow>`
    select sealed.place, sealed.day, sealed.id, sealed.content_sha256 as sealed,
      sha256(convert_to(entry.content, 'UTF8')) as now
    from platform.sealed_row as sealed
    left join ${book.source} as entry on entry.company_id = sealed.company_id
      and entry.day = sealed.day and entry.id = sealed.id
    where sealed.company_id = ${tx.companyId} and sealed.book = ${book.name}
      and sealed.seal_no = ${sealNo}
    order by sealed.place`);
  const findings = rows.flatMap((row) => rowFinding(sealNo, row));
  if (rows.length !== seal.rows) {
    const [zh, en] = [`应有 ${seal.rows} 行，现有 ${rows.length} 行`, `${seal.rows} rows`];
    findings.unshift(
      failure(
        `第 ${sealNo} 号封存的行清单被增删：${zh}`,
        `the list of rows of seal ${sealNo} was changed: ${en} were sealed, ${rows.length} are there`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  return [
    failure(
      `第 ${sealNo} 号封存的行顺序或行摘要被改动`,
      `the order or the hashes of the rows of seal ${sealNo} were changed`,
    ),
  ];
}

function rowFinding(sealNo: number, { place, day, id, sealed, now }: SealedRow): SealFinding[] {
  if (now === null) {
    return [
      failure(
        `第 ${sealNo} 号封存第 ${place} 行（${day} ${id}）被删除`,
        `row ${place} of seal ${sealNo} (${day} ${id}) was deleted`,
      ),
    ];
  }
  if (sealed.equals(now)) return [];
  return [
    failure(
      `第 ${sealNo} 号封存第 ${place} 行（${day} ${id}）被改动`,
      `row ${place} of seal ${sealNo} (${day} ${id}) was changed`,
    ),
  ];
}

/** Rows that name a seal which is not there. */
export async function rowsWithoutSeal(
  tx: Tx,
  book: SealedBook,
): Promise<{ sealNo: number; rows: number }[]> {
  return await tx.many(sql<{ sealNo: number; rows: number }>`
    select sealed.seal_no as "sealNo", count(*) as rows
    from platform.sealed_row as sealed
    where sealed.company_id = ${tx.companyId} and sealed.book = ${book.name}
      and not exists (
        select from platform.seal as seal
        where seal.company_id = sealed.company_id and seal.book = sealed.book
          and seal.seal_no = sealed.seal_no)
    group by sealed.seal_no order by sealed.seal_no limit ${maxShown}`);
}

/** The oldest rows that no seal covers and that were recorded before an instant. */
export async function openRows(
  tx: Tx,
  book: SealedBook,
  before: Date,
): Promise<{ day: string; id: string; at: Date }[]> {
  return await tx.many(sql<{ day: string; id: string; at: Date }>`
    select entry.day, entry.id, entry.at from ${book.source} as entry
    where entry.company_id = ${tx.companyId} and entry.day >= '2000-01-01'
      and entry.at < ${before}
      and not exists (
        select from platform.sealed_row as sealed
        where sealed.company_id = entry.company_id and sealed.id = entry.id)
    order by entry.at, entry.id limit ${maxShown}`);
}

const maxShown = 10;
