import type { PaymentState, PaymentView } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { keyIdOf } from '../proof-key.ts';
import { daysOfIds } from './days-of-ids.ts';
import { instants } from './instants.ts';

export interface PaymentQuery {
  readonly state?: PaymentState;
  readonly communityId?: string;
  readonly unitId?: string;
  readonly channel?: string;
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: string;
  readonly limit?: number;
}

type Times = 'createdAt' | 'expiresAt' | 'paidAt' | 'closedAt';
type Row = Omit<PaymentView, Times> & {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
  readonly closedAt: Date | null;
};

const defaultLimit = 50;

/** Newest first, page by page. */
export async function listPayments(
  tx: Tx,
  query: PaymentQuery,
): Promise<{ items: PaymentView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const [bounds, search] = await Promise.all([
    daysOfIds(tx, sql`p.id`, query),
    searchFilter(tx, query),
  ]);
  const rows = await tx.many(sql<Row>`
    select ${viewColumns} ${viewTables}
    where p.company_id = ${tx.companyId}
      ${query.state === undefined ? emptySql : sql`and p.state = ${query.state}`}
      ${query.channel === undefined ? emptySql : sql`and p.channel = ${query.channel}`}
      ${communityFilter(tx, query)}
      ${unitFilter(tx, query)}
      ${query.after === undefined ? emptySql : sql`and p.id < ${query.after}::uuid`}
      ${bounds} ${search}
    order by p.id desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(viewOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function paymentView(tx: Tx, paymentId: string): Promise<PaymentView | undefined> {
  const row = await tx.maybe(sql<Row>`
    select ${viewColumns} ${viewTables}
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}`);
  return row && viewOf(row);
}

const viewColumns = sql`p.id, p.state, p.source, p.channel, account.name as "merchantAccountName",
  p.community_id as "communityId", community.name as "communityName", p.unit_id as "unitId",
  unit.label as "unitLabel", p.amount_fen as "amountFen", p.top_up_fen as "topUpFen",
  (select coalesce(jsonb_agg(jsonb_build_object('unitId', other.id, 'unitLabel', other.label)
      order by other.sort_key, other.id), '[]')
    from payment.further_unit as further
    join estate.pub_unit as other on other.company_id = further.company_id
      and other.id = further.unit_id
    where further.company_id = p.company_id and further.payment_id = p.id) as "furtherUnits",
  (select coalesce(sum(line.settled_fen), 0)::bigint from payment.allocation as line
    where line.company_id = p.company_id and line.payment_id = p.id) as "settledFen",
  (select p.top_up_refunded_fen + coalesce(sum(line.refunded_fen), 0)::bigint
    from payment.allocation as line
    where line.company_id = p.company_id and line.payment_id = p.id) as "refundedFen",
  (select p.top_up_reserved_fen + coalesce(sum(line.refund_reserved_fen), 0)::bigint
    from payment.allocation as line
    where line.company_id = p.company_id and line.payment_id = p.id) as "refundingFen",
  attempt.order_no as "orderNo", attempt.channel_trade_no as "tradeNo",
  p.created_at as "createdAt", p.expires_at as "expiresAt", p.paid_at as "paidAt",
  p.closed_at as "closedAt", p.close_reason as "closeReason"`;

const viewTables = sql`
  from payment.payment as p
  join estate.pub_community as community on community.company_id = p.company_id
    and community.id = p.community_id
  join estate.pub_unit as unit on unit.company_id = p.company_id and unit.id = p.unit_id
  left join channels.pub_merchant_account as account on account.company_id = p.company_id
    and account.id = p.merchant_account_id
  left join lateral (
    select order_no, channel_trade_no from payment.attempt
    where company_id = p.company_id and payment_id = p.id
    order by (state = 'paid') desc, id desc limit 1) as attempt on true`;

/** A payment of several homes is found by each of them. */
function unitFilter(tx: Tx, { unitId }: PaymentQuery): Statement {
  if (unitId === undefined) return emptySql;
  return sql`and p.id in (
    select id from payment.payment where company_id = ${tx.companyId} and unit_id = ${unitId}
    union all
    select payment_id from payment.further_unit
    where company_id = ${tx.companyId} and unit_id = ${unitId})`;
}

function communityFilter(tx: Tx, { communityId }: PaymentQuery): Statement {
  if (communityId === undefined) return emptySql;
  return sql`and (p.community_id = ${communityId} or exists (
    select from payment.further_unit as further
    where further.company_id = ${tx.companyId} and further.company_id = p.company_id
      and further.payment_id = p.id and further.community_id = ${communityId}))`;
}

function viewOf(row: Row): PaymentView {
  return instants(row, ['createdAt', 'expiresAt', 'paidAt', 'closedAt']);
}

/** By order number, or by the channel's trade number: its key is computed, not looked for. */
async function searchFilter(tx: Tx, { search }: PaymentQuery): Promise<Statement> {
  const text = search?.trim();
  if (!text) return emptySql;
  const accounts = await tx.many(sql<{ id: string; channel: string }>`
    select id, channel from channels.pub_merchant_account
    where company_id = ${tx.companyId} limit 200`);
  const keys = [
    `cash:desk:${text}`,
    ...accounts.flatMap(({ id, channel }) => {
      const key = `${channel}:${id}:${text}`;
      return [key, `${key}:corrected`];
    }),
  ].map((key) => keyIdOf(tx.companyId, key));
  return sql`and p.id in (
    select payment_id from payment.attempt
    where company_id = ${tx.companyId} and order_no = ${text}
    union all
    select payment_id from payment.proof_key
    where company_id = ${tx.companyId} and id = any (${keys}::uuid[]))`;
}
