import type { RefundState, RefundView } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { daysOfIds } from './days-of-ids.ts';
import { instants } from './instants.ts';

export interface RefundQuery {
  readonly state?: RefundState | 'open';
  readonly paymentId?: string;
  readonly billId?: string;
  readonly caseId?: string;
  readonly communityId?: string;
  readonly channel?: string;
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit?: number;
}

type Times = 'requestedAt' | 'decidedAt' | 'refundedAt' | 'endedAt';
export type RefundRow = Omit<RefundView, Times> & {
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly refundedAt: Date | null;
  readonly endedAt: Date | null;
};

const defaultLimit = 50;

/** Newest first, page by page. */
export async function listRefunds(
  tx: Tx,
  query: RefundQuery,
): Promise<{ items: RefundView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const days = await daysOfIds(tx, sql`r.id`, query);
  const rows = await tx.many(sql<RefundRow>`
    select ${refundColumns} ${refundTables}
    where r.company_id = ${tx.companyId} ${filterOf(tx, query)} ${days}
      ${query.after === undefined ? emptySql : sql`and r.id < ${query.after}::uuid`}
    order by r.id desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(refundViewOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Of a payment or a case, oldest first; there is a handful. */
export async function refundsOf(
  tx: Tx,
  of: { readonly paymentId: string } | { readonly caseId: string },
): Promise<RefundView[]> {
  const rows = await tx.many(sql<RefundRow>`
    select ${refundColumns} ${refundTables}
    where r.company_id = ${tx.companyId} and ${
      'paymentId' in of
        ? sql`r.payment_id = ${of.paymentId}`
        : sql`${of.caseId} in (r.case_id, r.adopted_case_id)`
    }
    order by r.id limit 200`);
  return rows.map(refundViewOf);
}

export const refundColumns = sql`r.id, r.refund_name as "refundName", r.kind, r.state,
  r.payment_id as "paymentId", coalesce(r.case_id, r.adopted_case_id) as "caseId",
  s.case_no as "caseNo", community.name as "communityName", r.unit_id as "unitId",
  unit.label as "unitLabel", r.amount_fen as "amountFen",
  r.top_up_fen as "topUpFen", r.bill_effect as "billEffect", r.reason,
  r.channel, account.name as "merchantAccountName", r.order_no as "orderNo",
  (select refund_no from payment.refund_attempt
    where company_id = r.company_id and refund_id = r.id order by id desc limit 1) as "refundNo",
  r.policy_id is not null as "isByPolicy", r.requested_by as "requestedBy",
  r.requested_at as "requestedAt", r.decided_by as "decidedBy", r.decided_at as "decidedAt",
  r.refunded_at as "refundedAt", r.ended_at as "endedAt"`;

export const refundTables = sql`
  from payment.refund as r
  left join payment.surplus as s on s.company_id = r.company_id
    and s.id = coalesce(r.case_id, r.adopted_case_id)
  left join estate.pub_community as community on community.company_id = r.company_id
    and community.id = r.community_id
  left join estate.pub_unit as unit on unit.company_id = r.company_id and unit.id = r.unit_id
  left join channels.pub_merchant_account as account on account.company_id = r.company_id
    and account.id = r.merchant_account_id`;

export function refundViewOf(row: RefundRow): RefundView {
  return instants(row, ['requestedAt', 'decidedAt', 'refundedAt', 'endedAt']);
}

function filterOf(tx: Tx, query: RefundQuery): Statement {
  const { state, paymentId, billId, caseId, communityId, channel } = query;
  const search = query.search?.trim();
  const open = sql`and r.state in ('requested', 'approved', 'processing', 'refused', 'failed')`;
  return sql`
    ${state === undefined ? emptySql : state === 'open' ? open : sql`and r.state = ${state}`}
    ${paymentId === undefined ? emptySql : sql`and r.payment_id = ${paymentId}`}
    ${caseId === undefined ? emptySql : sql`and ${caseId} in (r.case_id, r.adopted_case_id)`}
    ${communityId === undefined ? emptySql : sql`and r.community_id = ${communityId}`}
    ${channel === undefined ? emptySql : sql`and r.channel = ${channel}`}
    ${
      billId === undefined
        ? emptySql
        : sql`and r.id in (select refund_id from payment.refund_line
            where company_id = ${tx.companyId} and bill_id = ${billId})`
    }
    ${
      search
        ? sql`and (r.refund_name = ${search} or r.order_no = ${search} or r.voucher_no = ${search}
            or r.id in (select refund_id from payment.refund_attempt
              where company_id = ${tx.companyId} and refund_no = ${search}))`
        : emptySql
    }`;
}
