import type { LivePayment } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { instants } from './instants.ts';

/** Completed payments, newest first: paid after an instant, or known by their ids. */
export async function completedPayments(
  tx: Tx,
  filter: ({ readonly since: Date } | { readonly ids: readonly string[] }) & {
    readonly limit: number;
  },
): Promise<LivePayment[]> {
  const rows = await tx.many(sql<Omit<LivePayment, 'paidAt'> & { paidAt: Date }>`
    select p.id as "paymentId", p.amount_fen as "amountFen", p.channel, unit.label as "unitLabel",
      community.name as "communityName", p.paid_at as "paidAt"
    from payment.payment as p
    join estate.pub_community as community on community.company_id = p.company_id
      and community.id = p.community_id
    join estate.pub_unit as unit on unit.company_id = p.company_id and unit.id = p.unit_id
    where p.company_id = ${tx.companyId} and p.state = 'paid'
      and ${'since' in filter ? sql`p.paid_at >= ${filter.since}` : sql`p.id = any (${filter.ids}::uuid[])`}
    order by p.paid_at desc, p.id desc
    limit ${filter.limit}`);
  return rows.map((row) => instants(row, ['paidAt']));
}
