import type { DisputeView } from '@wuye-pay/contract';
import { joinSql, sql } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import {
  type DisputeRow,
  disputeColumns,
  disputeFilters,
  disputeSource,
  disputeView,
} from './dispute.ts';
import { idIn } from './tickets.ts';

export interface DisputeQuery {
  readonly companyId: string;
  readonly state?: 'open' | 'answered' | undefined;
  readonly communityId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

type Row = DisputeRow &
  Pick<DisputeView, 'ticketId' | 'ticketNo' | 'communityName' | 'unitId' | 'unitLabel' | 'text'> & {
    readonly openedAt: Date;
  };

const defaultLimit = 50;

/** Disputed bills, the newest dispute first. */
export function listDisputes(
  deps: Pick<Deps, 'db'>,
  query: DisputeQuery,
): Promise<{ items: DisputeView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const filters = disputeFilters(tx, query);
    if (query.after !== undefined) filters.push(sql`d.id < ${idIn(query.after)}::uuid`);
    const rows = await tx.many(sql<Row>`
      select ${disputeColumns}, d.id as "ticketId", t.ticket_no as "ticketNo",
        c.name as "communityName", d.unit_id as "unitId", u.label as "unitLabel", t.text,
        d.opened_at as "openedAt"
      ${disputeSource}
      join feedback.ticket as t on t.company_id = d.company_id and t.id = d.id
      join estate.pub_community as c on c.company_id = d.company_id and c.id = d.community_id
      join estate.pub_unit as u on u.company_id = d.company_id and u.id = d.unit_id
      where ${joinSql(filters, ' and ')}
      order by d.id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return {
      items: page.map(({ openedAt, ...row }) => ({
        ...row,
        ...disputeView(row),
        openedAt: openedAt.toISOString(),
      })),
      next: rows.length > limit ? (page.at(-1)?.ticketId ?? null) : null,
    };
  });
}
