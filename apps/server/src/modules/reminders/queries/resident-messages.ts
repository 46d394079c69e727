import type { ResidentMessage } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/** What went to an account about homes that are still theirs, newest first. */
export async function residentMessages(
  tx: Tx,
  query: {
    readonly accountId: string;
    readonly after: readonly (string | number)[] | undefined;
    readonly limit: number;
  },
): Promise<ResidentMessage[]> {
  const { accountId, after, limit } = query;
  const rows = await tx.many(sql<Omit<ResidentMessage, 'at'> & { at: Date }>`
    select n.id, unit.label as "unitLabel", community.name as "communityName",
      n.unit_id as "unitId", n.sent_at as at, n.via, n.amount_fen as "amountFen",
      n.due_on as "dueOn",
      n.read_at is null as "isUnread", (
        select coalesce(sum(b.amount_fen - b.paid_fen - b.waived_fen), 0)::bigint
        from billing.pub_bill as b where b.company_id = n.company_id and b.unit_id = n.unit_id
          and b.state = 'issued' and b.due_on <= n.due_on) as "openFen"
    from reminders.notice as n
    join estate.pub_unit as unit on unit.company_id = n.company_id and unit.id = n.unit_id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where n.company_id = ${tx.companyId} and n.account_id = ${accountId} and n.sent_at is not null
      and exists (select from resident.pub_binding as home where home.company_id = n.company_id
        and home.account_id = n.account_id and home.unit_id = n.unit_id and home.ended_at is null)
      ${after ? olderThan(after) : emptySql}
    order by n.sent_at desc, n.id desc limit ${limit}`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function olderThan([at, id]: readonly (string | number)[]): Statement {
  return sql`and (n.sent_at, n.id) < (${at}::timestamptz, ${id}::uuid)`;
}
