import type { ReminderPauseView } from '@wuye-pay/contract';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

/** Homes left in peace from a day on; the next to end first. */
export async function showPauses(
  tx: Tx,
  { day, unitId }: { readonly day: string; readonly unitId?: string },
): Promise<ReminderPauseView[]> {
  const rows = await tx.many(sql<Omit<ReminderPauseView, 'pausedAt'> & { pausedAt: Date }>`
    select p.id as "unitId", unit.label as "unitLabel", community.name as "communityName", p.until,
      p.reason, p.paused_by as "pausedBy", p.paused_at as "pausedAt", (
        select coalesce(sum(b.amount_fen - b.paid_fen - b.waived_fen), 0)::bigint
        from billing.pub_bill as b where b.company_id = p.company_id and b.unit_id = p.id
          and b.state = 'issued' and b.paid_fen + b.waived_fen < b.amount_fen) as "owedFen"
    from reminders.pause as p
    join estate.pub_unit as unit on unit.company_id = p.company_id and unit.id = p.id
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where p.company_id = ${tx.companyId} and p.until >= ${day}
      ${unitId === undefined ? emptySql : sql`and p.id = ${unitId}`}
    order by p.until, p.id limit 500`);
  return rows.map((row) => ({ ...row, pausedAt: row.pausedAt.toISOString() }));
}

/** How many of the units, and of the community, are the company's. */
export function knownPlaces(
  tx: Tx,
  { unitIds, communityId }: { unitIds: readonly string[]; communityId: string | null },
): Promise<{ readonly units: number; readonly communities: number }> {
  return tx.one(sql<{ units: number; communities: number }>`
    select (select count(*) from estate.pub_unit as u
        where u.company_id = company.id and u.id = any (${unitIds}::uuid[])) as units,
      (select count(*) from estate.pub_community as c
        where c.company_id = company.id and c.id = ${communityId}) as communities
    from identity.company as company where company.id = ${tx.companyId}`);
}
