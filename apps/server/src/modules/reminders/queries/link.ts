import { sql, type Tx } from '../../../platform/database/index.ts';

export interface OpenedLink {
  readonly noticeId: string;
  readonly unitId: string;
  readonly expiresAt: Date;
  /** The person it was sent to has the home no longer. */
  readonly isMovedOut: boolean;
}

/** `today` is the company's day: an owner of the house list has moved out when their days end. */
export function linkOf(
  tx: Tx,
  { code, today }: { readonly code: string; readonly today: string },
): Promise<OpenedLink | undefined> {
  return tx.maybe(sql<OpenedLink>`
    select n.id as "noticeId", n.unit_id as "unitId", n.expires_at as "expiresAt",
      case when n.account_id is not null then not exists (
        select from resident.pub_binding as home where home.company_id = n.company_id
          and home.account_id = n.account_id and home.unit_id = n.unit_id
          and home.ended_at is null)
      else exists (
        select from estate.pub_occupancy as o where o.company_id = n.company_id
          and o.unit_id = n.unit_id and o.role = 'owner' and o.to_on < ${today}::date
          and o.to_on >= (n.released_at at time zone 'UTC')::date - 1)
      end as "isMovedOut"
    from reminders.notice as n
    where n.company_id = ${tx.companyId} and n.code = ${code}`);
}
