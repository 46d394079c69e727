import { sql, type Tx } from '../../../platform/database/index.ts';

export interface DueDayTotal {
  readonly dueOn: string;
  readonly units: number;
  readonly owedFen: number;
}

/** Homes that owe something of each due day, in one pass through the open bills of a plan. */
export function owedByDueDay(
  tx: Tx,
  plan: {
    readonly communityId: string | null;
    readonly feeItemIds: readonly string[];
    readonly minimumFen: number;
    readonly dueDays: readonly string[];
  },
): Promise<DueDayTotal[]> {
  const { communityId, feeItemIds, minimumFen, dueDays } = plan;
  return tx.many(sql<DueDayTotal>`
    select owing.due_on as "dueOn", count(*) as units, sum(owing.owed_fen)::bigint as "owedFen"
    from (
      select b.unit_id, b.due_on, sum(b.amount_fen - b.paid_fen - b.waived_fen)::bigint as owed_fen
      from billing.pub_bill as b
      where b.company_id = ${tx.companyId} and b.state = 'issued'
        and b.paid_fen + b.waived_fen < b.amount_fen and b.due_on = any (${dueDays}::date[])
        and (${communityId}::uuid is null or b.community_id = ${communityId})
        and (cardinality(${feeItemIds}::uuid[]) = 0 or b.fee_item_id = any (${feeItemIds}::uuid[]))
        and not exists (select from feedback.pub_dispute as d where d.company_id = b.company_id
          and d.bill_id = b.id and d.state = 'open')
      group by b.unit_id, b.due_on
    ) as owing
    where owing.owed_fen >= ${minimumFen}::bigint
    group by owing.due_on`);
}
