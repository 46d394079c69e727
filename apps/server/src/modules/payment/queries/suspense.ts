import type { SuspenseDetail, SuspenseView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';
import { caseActions } from '../domain/case-actions.ts';
import { surplusAdvice, surplusReasons } from '../domain/wording.ts';
import { settlementsOf } from './case-settlements.ts';
import { postingsOf, proofsOfOrders } from './evidence.ts';
import { instants } from './instants.ts';
import { refundsOf } from './list-refunds.ts';

export interface SuspenseQuery {
  readonly state?: 'open' | 'resolved';
  readonly after?: string;
  readonly limit?: number;
}

type Row = Omit<SuspenseView, 'openedAt' | 'resolvedAt' | 'reasonText'> & {
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly expectedFen: number | null;
  readonly reservedBy: string | null;
};

const defaultLimit = 50;

/** Newest first, page by page. */
export async function listSuspense(
  tx: Tx,
  query: SuspenseQuery,
): Promise<{ items: SuspenseView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const rows = await tx.many(sql<Row>`
    select ${columns} ${tables}
    where s.company_id = ${tx.companyId}
      ${query.state === undefined ? emptySql : sql`and s.state = ${query.state}`}
      ${query.after === undefined ? emptySql : sql`and s.id < ${query.after}::uuid`}
    order by s.id desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(viewOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function casesOfPayment(tx: Tx, paymentId: string): Promise<SuspenseView[]> {
  const rows = await tx.many(sql<Row>`
    select ${columns} ${tables}
    where s.company_id = ${tx.companyId} and s.payment_id = ${paymentId}
    order by s.id limit 100`);
  return rows.map(viewOf);
}

/** Everything about one case, as one reader may act on it. */
export async function suspenseDetail(
  tx: Tx,
  caseId: string,
  reader: StaffActor,
): Promise<SuspenseDetail | undefined> {
  const row = await tx.maybe(sql<Row>`
    select ${columns} ${tables}
    where s.company_id = ${tx.companyId} and s.id = ${caseId}`);
  if (!row) return undefined;
  const [proofs, refunds, settlements] = await Promise.all([
    proofsOfOrders(tx, [row.orderNo], row.openedAt),
    refundsOf(tx, { caseId }),
    settlementsOf(tx, caseId, reader),
  ]);
  const sources = [row.id, row.paymentId, ...[...refunds].map(({ id }) => id)];
  const settled = settlements.map(({ paymentId }) => paymentId);
  const known = [...sources, ...settled].filter((id) => id !== null);
  const postings = await postingsOf(tx, known, row.openedAt);
  const advice = row.state === 'open' ? [...surplusAdvice[row.reason]] : [];
  const isReserved = row.reservedBy !== null;
  return {
    ...viewOf(row),
    expectedFen: row.expectedFen,
    advice,
    proofs,
    postings,
    refunds,
    settlements,
    allowedActions: caseActions({ ...row, isReserved }, (name) => reader.permissions.has(name)),
  };
}

const columns = sql`s.id, s.case_no as "caseNo", s.reason, s.state, s.direction,
  s.amount_fen as "amountFen", s.amount_fen - s.resolved_fen as "leftFen", s.channel, account.name as "merchantAccountName", s.order_no as "orderNo",
  s.trade_no as "tradeNo", s.refund_no as "refundNo", s.payment_id as "paymentId", community.name as "communityName",
  unit.id as "unitId", unit.label as "unitLabel", s.opened_at as "openedAt",
  s.resolved_at as "resolvedAt", s.resolution, p.amount_fen as "expectedFen",
  s.reserved_by as "reservedBy"`;

const tables = sql`
  from payment.surplus as s
  left join payment.payment as p on p.company_id = s.company_id and p.id = s.payment_id
  left join estate.pub_unit as unit on unit.company_id = s.company_id
    and unit.id = coalesce(p.unit_id, s.unit_id)
  left join estate.pub_community as community on community.company_id = unit.company_id
    and community.id = unit.community_id
  left join channels.pub_merchant_account as account on account.company_id = s.company_id
    and account.id = s.merchant_account_id`;

function viewOf({ expectedFen: _expected, reservedBy: _reserved, ...row }: Row): SuspenseView {
  return { ...instants(row, ['openedAt', 'resolvedAt']), reasonText: surplusReasons[row.reason] };
}

/** Which payment a case is of: its lock comes first. @returns undefined for no case of ours */
export async function paymentOfCase(
  tx: Tx,
  caseId: string,
): Promise<{ paymentId: string | null } | undefined> {
  return await tx.maybe(sql<{ paymentId: string | null }>`
    select payment_id as "paymentId" from payment.surplus
    where company_id = ${tx.companyId} and id = ${caseId}`);
}
