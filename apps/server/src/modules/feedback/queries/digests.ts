import type { Digest } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import { daysAfter } from '../domain/week.ts';

const mostWeeks = 104;

export async function digestWeeks(tx: Tx): Promise<string[]> {
  const rows = await tx.many(sql<{ weekStart: string }>`
    select week_start as "weekStart" from feedback.digest
    where company_id = ${tx.companyId} order by week_start desc limit ${mostWeeks}`);
  return rows.map(({ weekStart }) => weekStart);
}

type Content = Omit<Digest, 'weekStart' | 'weekEnd' | 'generatedAt' | 'sentAt'>;

export async function digestOf(tx: Tx, weekStart: string): Promise<Digest | undefined> {
  const id = derivedId(tx.companyId, 'feedback.digest', weekStart);
  const row = await tx.maybe(sql<{ content: Content; generatedAt: Date; sentAt: Date | null }>`
    select content, generated_at as "generatedAt", sent_at as "sentAt" from feedback.digest
    where company_id = ${tx.companyId} and id = ${id}`);
  return (
    row && {
      ...row.content,
      weekStart,
      weekEnd: daysAfter(weekStart, 6),
      generatedAt: row.generatedAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
    }
  );
}
