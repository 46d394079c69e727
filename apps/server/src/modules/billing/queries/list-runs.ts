import type { RunView } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { allowedActions } from '../domain/run-actions.ts';

export interface RunQuery {
  readonly companyId: string;
  readonly permissions: { has(permission: string): boolean };
  readonly communityId?: string | undefined;
  readonly month?: string | undefined;
  readonly state?: RunView['state'] | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

/**
 * Runs, the newest month first. Whether bills were paid is counted for the page of one run only,
 * so the list may offer a void that is then refused with the reason.
 */
export function listRuns(
  deps: Pick<Deps, 'db'>,
  query: RunQuery,
): Promise<{ items: RunView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const { communityId, month, state } = query;
  return deps.db.read(query.companyId, async (tx) => {
    const rows = await tx.many(sql<RunRow>`
      ${runRows(tx)}
        ${communityId === undefined ? emptySql : sql`and r.community_id = ${communityId}`}
        ${month === undefined ? emptySql : sql`and r.month = ${month}`}
        ${state === undefined ? emptySql : sql`and r.state = ${state}`}
        ${query.after === undefined ? emptySql : pastCursor(query.after)}
      order by r.month desc, r.id desc limit ${limit + 1}`);
    const show = (row: (typeof rows)[number]) => ({
      ...runFields(row),
      allowedActions: allowedActions(
        { state: row.state, paidCount: 0, heldCount: 0 },
        query.permissions,
      ),
    });
    return pageOf(rows, limit, show, ({ month, id }) => [month, id]);
  });
}

function pastCursor(cursor: string): Statement {
  const [month, id] = readMark(cursor, [markForms.day, markForms.id]);
  return sql`and (r.month, r.id) < (${month}::date, ${id}::uuid)`;
}

export type RunRow = Omit<RunView, 'allowedActions' | 'createdAt' | 'publishedAt' | 'voidedAt'> & {
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly voidedAt: Date | null;
};

/** Ends in a where clause, for more conditions. */
export function runRows(tx: Tx): Statement {
  return sql`
    select r.id, r.community_id as "communityId", c.name as "communityName", r.month, r.state,
      r.bill_count as "billCount", r.amount_fen as "amountFen",
      r.skipped_count as "skippedCount", r.created_at as "createdAt",
      r.created_by as "createdBy", r.published_at as "publishedAt",
      r.published_by as "publishedBy", r.voided_at as "voidedAt", r.voided_by as "voidedBy",
      r.void_reason as "voidReason"
    from billing.bill_run as r
    join estate.pub_community as c on c.company_id = r.company_id and c.id = r.community_id
    where r.company_id = ${tx.companyId}`;
}

export function runFields(row: RunRow) {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    voidedAt: row.voidedAt?.toISOString() ?? null,
  };
}
