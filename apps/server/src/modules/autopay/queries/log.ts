import type { AutopayLogEntry } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import { type LogDetail, type LogKind, logWords } from '../domain/log.ts';

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly kind: LogKind;
  readonly detail: LogDetail;
  readonly debitId: string | null;
}

/** Newest first. */
export async function logOf(
  tx: Tx,
  page: { readonly mandateId: string; readonly after: string | undefined; readonly limit: number },
): Promise<AutopayLogEntry[]> {
  const { mandateId, after, limit } = page;
  const rows = await tx.many(sql<Row>`
    select id, at, kind, detail, debit_id as "debitId" from autopay.log
    where company_id = ${tx.companyId} and mandate_id = ${mandateId}
      ${after === undefined ? emptySql : sql`and id < ${after}::uuid`}
    order by id desc limit ${limit}`);
  return rows.map(({ id, at, kind, detail, debitId }) => ({
    id,
    at: at.toISOString(),
    text: logWords(kind, detail),
    debitId,
  }));
}
