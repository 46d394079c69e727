import type { SkippedUnit, SkipReason } from '@wuye-pay/contract';
import { emptySql, sql } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { skipReasonText } from '../domain/skip-reasons.ts';

export interface SkippedQuery {
  readonly companyId: string;
  readonly runId: string;
  readonly reason?: SkipReason | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

/** Units without a bill in a run, by reason and by address, each with what to do about it. */
export function listSkipped(
  deps: Pick<Deps, 'db'>,
  query: SkippedQuery,
): Promise<{ items: SkippedUnit[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const rows = await tx.many(sql<Omit<SkippedUnit, 'text'> & { sortKey: string }>`
      select s.id, s.unit_id as "unitId", u.label as "unitLabel", u.sort_key as "sortKey",
        s.fee_item_id as "feeItemId", f.name as "feeItemName", s.reason
      from billing.skipped_unit as s
      join estate.pub_unit as u on u.company_id = s.company_id and u.id = s.unit_id
      left join charging.pub_fee_item as f on f.company_id = s.company_id and f.id = s.fee_item_id
      where s.company_id = ${tx.companyId} and s.run_id = ${query.runId}
        ${query.reason === undefined ? emptySql : sql`and s.reason = ${query.reason}`}
        ${query.after === undefined ? emptySql : pastCursor(query.after)}
      order by s.reason, u.sort_key, s.id limit ${limit + 1}`);
    return pageOf(
      rows,
      limit,
      ({ sortKey: _sortKey, ...row }) => ({ ...row, text: skipReasonText[row.reason] }),
      ({ reason, sortKey, id }) => [reason, sortKey, id],
    );
  });
}

function pastCursor(cursor: string) {
  const [reason, sortKey, id] = readMark(cursor, [markForms.text, markForms.text, markForms.id]);
  return sql`and (s.reason, u.sort_key, s.id) > (${reason}::text, ${sortKey}::text, ${id}::uuid)`;
}
