import type { AdjustmentState, BillAdjustment } from '@wuye-pay/contract';
import { emptySql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { adjustmentActions } from '../domain/adjustment-actions.ts';
import { billingErrors } from '../errors.ts';

export interface Reader {
  readonly companyId: string;
  readonly id: string;
  readonly permissions: { has(permission: string): boolean };
}

export interface AdjustmentQuery {
  readonly reader: Reader;
  readonly state?: AdjustmentState | undefined;
  readonly billId?: string | undefined;
  readonly communityId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

type Row = Omit<BillAdjustment, 'requestedAt' | 'decidedAt' | 'allowedActions'> & {
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly requestedById: string;
};

/** Changes of bills, the newest first. */
export function listAdjustments(
  deps: Pick<Deps, 'db'>,
  query: AdjustmentQuery,
): Promise<{ items: BillAdjustment[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const { reader, state, billId, communityId, after } = query;
  return deps.db.read(reader.companyId, async (tx) => {
    const rows = await tx.many(sql<Row>`
      ${adjustmentRows(tx)}
        ${state === undefined ? emptySql : sql`and a.state = ${state}`}
        ${billId === undefined ? emptySql : sql`and a.bill_id = ${billId}`}
        ${communityId === undefined ? emptySql : sql`and b.community_id = ${communityId}`}
        ${after === undefined ? emptySql : sql`and a.id < ${idIn(after)}::uuid`}
      order by a.id desc limit ${limit + 1}`);
    return pageOf(
      rows,
      limit,
      (row) => viewOf(row, reader),
      ({ id }) => [id],
    );
  });
}

/** @throws ADJUSTMENT_NOT_FOUND */
export function adjustmentDetail(
  deps: Pick<Deps, 'db'>,
  { reader, adjustmentId }: { readonly reader: Reader; readonly adjustmentId: string },
): Promise<BillAdjustment> {
  return deps.db.read(reader.companyId, async (tx) => {
    const row = await tx.maybe(sql<Row>`${adjustmentRows(tx)} and a.id = ${adjustmentId}`);
    if (!row) throw billingErrors.ADJUSTMENT_NOT_FOUND();
    return viewOf(row, reader);
  });
}

function adjustmentRows(tx: Tx): Statement {
  return sql`
    select a.id, a.bill_id as "billId", c.name as "communityName", b.unit_id as "unitId",
      u.label as "unitLabel", f.name as "feeItemName", b.month, a.kind, a.state,
      a.amount_fen as "amountFen", case when b.state = 'void' then 0
        else b.amount_fen - b.paid_fen - b.waived_fen end as "openFen",
      a.reason, a.requested_by as "requestedBy", a.requested_at as "requestedAt",
      a.requested_by_id as "requestedById", a.decided_by as "decidedBy",
      a.decided_at as "decidedAt", a.decision_note as "decisionNote"
    from billing.adjustment_request as a
    join billing.bill as b on b.company_id = a.company_id and b.id = a.bill_id
    join estate.pub_unit as u on u.company_id = b.company_id and u.id = b.unit_id
    join estate.pub_community as c on c.company_id = b.company_id and c.id = b.community_id
    join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
    where a.company_id = ${tx.companyId}`;
}

function idIn(cursor: string): string {
  return readMark(cursor, [markForms.id])[0] ?? '';
}

function viewOf({ requestedById, ...row }: Row, reader: Reader): BillAdjustment {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    allowedActions: adjustmentActions({ ...row, requestedById }, reader),
  };
}
