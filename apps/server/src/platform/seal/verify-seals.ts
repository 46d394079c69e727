import { sql, type Tx } from '../database/index.ts';
import { anchorFile, readAnchors } from './anchor.ts';
import type { SealedBook } from './book.ts';
import { genesis, hashOfSeal } from './chain.ts';
import { failure, type SealFinding } from './finding.ts';
import { changedRows, contentsOf, openRows, rowsWithoutSeal } from './sealed-contents.ts';

export interface SealReport {
  readonly seals: number;
  readonly rows: number;
  readonly findings: SealFinding[];
}

export interface VerifyInput {
  readonly book: SealedBook;
  readonly shortCode: string;
  readonly anchorDirectory: string | undefined;
  readonly now: Date;
}

/** Seals read at once. */
const pageSize = 500;
/** After that many findings the rest is only more of the same. */
const maxFindings = 50;
/** A row is sealed within seconds; it may take this long when the system is busy. */
const sealWithinMs = 60_000;

/**
 * Proves the chain of a company and book from its first seal: every link, every row under every
 * seal, nothing removed, added or moved, and the heads as they were written down outside.
 * Run it in one repeatable-read transaction.
 */
export async function verifySeals(tx: Tx, input: VerifyInput): Promise<SealReport> {
  const findings: SealFinding[] = [];
  const heads = new Map<number, string>();
  let previous: StoredSeal | undefined;
  let rows = 0;
  for (;;) {
    const page = await sealsAfter(tx, input.book, previous?.sealNo ?? 0);
    if (page.length === 0) break;
    for (const seal of page) {
      findings.push(...linkFindings(tx.companyId, input.book, seal, previous));
      heads.set(seal.sealNo, seal.sha256.toString('hex'));
      rows += seal.rows;
      previous = seal;
    }
    findings.push(...(await contentFindings(tx, input.book, page)));
    if (findings.length >= maxFindings) break;
  }
  findings.push(...(await strayFindings(tx, input.book)));
  findings.push(...(await openFindings(tx, input, previous)));
  findings.push(...(await anchorFindings(input, heads)));
  return { seals: heads.size, rows, findings: findings.slice(0, maxFindings) };
}

interface StoredSeal {
  readonly sealNo: number;
  readonly rows: number;
  readonly content: Buffer;
  readonly previous: Buffer;
  readonly sha256: Buffer;
  readonly sealedAt: Date;
}

async function sealsAfter(tx: Tx, book: SealedBook, sealNo: number): Promise<StoredSeal[]> {
  return await tx.many(sql<StoredSeal>`
    select seal_no as "sealNo", rows, content_sha256 as content, previous_sha256 as previous,
      sha256, sealed_at as "sealedAt"
    from platform.seal
    where company_id = ${tx.companyId} and book = ${book.name} and seal_no > ${sealNo}
    order by seal_no limit ${pageSize}`);
}

function linkFindings(
  companyId: string,
  { name: book }: SealedBook,
  seal: StoredSeal,
  before: StoredSeal | undefined,
): SealFinding[] {
  const { sealNo } = seal;
  const expectedNo = (before?.sealNo ?? 0) + 1;
  if (sealNo !== expectedNo) {
    return [
      failure(
        `封存链缺少第 ${expectedNo} 至 ${sealNo - 1} 号封存`,
        `seals ${expectedNo} to ${sealNo - 1} are missing from the chain`,
      ),
    ];
  }
  if (!seal.previous.equals(before?.sha256 ?? genesis)) {
    return [
      failure(`第 ${sealNo} 号封存与前一号不相连`, `seal ${sealNo} does not follow the one before`),
    ];
  }
  if (!hashOfSeal({ companyId, book, ...seal }).equals(seal.sha256)) {
    return [failure(`第 ${sealNo} 号封存本身被改动`, `seal ${sealNo} itself was changed`)];
  }
  return [];
}

async function contentFindings(
  tx: Tx,
  book: SealedBook,
  seals: readonly StoredSeal[],
): Promise<SealFinding[]> {
  const span = { from: seals[0]?.sealNo ?? 0, to: seals.at(-1)?.sealNo ?? 0 };
  const contents = await contentsOf(tx, book, span);
  const findings: SealFinding[] = [];
  for (const seal of seals) {
    const found = contents.get(seal.sealNo);
    if (found?.rows === seal.rows && found.content.equals(seal.content)) continue;
    findings.push(...(await changedRows(tx, book, seal)));
    if (findings.length >= maxFindings) break;
  }
  return findings;
}

async function strayFindings(tx: Tx, book: SealedBook): Promise<SealFinding[]> {
  const stray = await rowsWithoutSeal(tx, book);
  return stray.map(({ sealNo, rows }) =>
    failure(
      `第 ${sealNo} 号封存被删除，其下 ${rows} 行失去封存`,
      `seal ${sealNo} was deleted; ${rows} rows lost their seal`,
    ),
  );
}

async function openFindings(
  tx: Tx,
  { book, now }: VerifyInput,
  last: StoredSeal | undefined,
): Promise<SealFinding[]> {
  const behind = (last?.sealedAt.getTime() ?? Number.NEGATIVE_INFINITY) - sealWithinMs;
  const rows = await openRows(tx, book, new Date(now.getTime() - sealWithinMs));
  return rows.map(({ day, id, at }) =>
    at.getTime() < behind
      ? failure(
          `${day} 的 ${id} 未封存，但其后的记录已封存：该行是事后插入的`,
          `${id} of ${day} is not sealed though later rows are: it was put in afterwards`,
        )
      : {
          severity: 'notice',
          zh: `${day} 的 ${id} 尚未封存（系统停止运行时属正常）`,
          en: `${id} of ${day} is not sealed yet (as it should be while the system is stopped)`,
        },
  );
}

async function anchorFindings(
  { book, shortCode, anchorDirectory }: VerifyInput,
  heads: ReadonlyMap<number, string>,
): Promise<SealFinding[]> {
  if (heads.size === 0 && anchorDirectory === undefined) return [];
  const file = anchorFile(anchorDirectory ?? '', shortCode, book.name);
  const anchors = anchorDirectory === undefined ? undefined : await readAnchors(file);
  if (anchors === undefined) {
    if (heads.size === 0) return [];
    const zh = '没有找到库外锚点文件，无法证明链尾未被截断';
    const en = 'no anchors outside the database were found: a cut end could not be seen';
    return [{ severity: 'notice', zh, en }];
  }
  return anchors.flatMap(({ sealNo, sha256 }) => {
    const head = heads.get(sealNo);
    if (head === sha256) return [];
    return head === undefined
      ? [
          failure(
            `库外锚点记有第 ${sealNo} 号封存，库中没有：链尾被截断`,
            `seal ${sealNo} was anchored outside and is gone: the end of the chain was cut`,
          ),
        ]
      : [
          failure(
            `第 ${sealNo} 号封存与库外锚点不一致：链被重写`,
            `seal ${sealNo} differs from its anchor outside: the chain was rewritten`,
          ),
        ];
  });
}
