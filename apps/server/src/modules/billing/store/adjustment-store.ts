import type { AdjustmentKind, AdjustmentState } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { AdjustableBill } from '../domain/adjustment.ts';

export interface LockedForChange extends AdjustableBill {
  readonly id: string;
  readonly unitId: string;
  readonly communityId: string;
  readonly feeItemId: string;
  readonly category: 'income' | 'deposit' | 'agency';
}

/** Locks a published bill, void ones too. The hold is read after the lock was waited for. */
export async function lockBillForChange(
  tx: Tx,
  billId: string,
): Promise<LockedForChange | undefined> {
  const [row, held] = await Promise.all([
    tx.maybe(sql<Omit<LockedForChange, 'isHeld'>>`
      select b.id, b.unit_id as "unitId", b.community_id as "communityId",
        b.fee_item_id as "feeItemId", f.category, b.amount_fen as "amountFen",
        b.paid_fen as "paidFen", b.waived_fen as "waivedFen", b.state = 'void' as "isVoid"
      from billing.bill as b
      join billing.bill_run as r on r.company_id = b.company_id and r.id = b.run_id
      join charging.pub_fee_item as f on f.company_id = b.company_id and f.id = b.fee_item_id
      where b.company_id = ${tx.companyId} and b.id = ${billId} and r.state <> 'draft'
      for update of b`),
    tx.maybe(sql`
      select id from billing.hold where company_id = ${tx.companyId} and id = ${billId}`),
  ]);
  return row && { ...row, isHeld: held !== undefined };
}

export interface NewRequest {
  readonly id: string;
  readonly billId: string;
  readonly kind: AdjustmentKind;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
  /** Applied at once by who asked. */
  readonly isApplied: boolean;
}

/** Whether a request about a locked bill waits for its decision. */
export async function isAsked(tx: Tx, billId: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from billing.adjustment_request
    where company_id = ${tx.companyId} and bill_id = ${billId} and state = 'requested'`);
  return row !== undefined;
}

export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { by, at, isApplied } = request;
  await tx.run(sql`
    insert into billing.adjustment_request (company_id, id, bill_id, kind, state, amount_fen,
      reason, requested_by_id, requested_by, requested_at, decided_at)
    values (${tx.companyId}, ${request.id}, ${request.billId}, ${request.kind},
      ${isApplied ? 'applied' : 'requested'}, ${request.amountFen}, ${request.reason}, ${by.id},
      ${by.name}, ${at}, ${isApplied ? at : null})`);
}

export interface OpenRequest {
  readonly id: string;
  readonly billId: string;
  readonly kind: AdjustmentKind;
  readonly state: AdjustmentState;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly requestedById: string;
}

/** Without a lock: it says which bill to lock first, as every path does. */
export function readRequest(tx: Tx, requestId: string): Promise<OpenRequest | undefined> {
  return tx.maybe(requestRow(tx, requestId));
}

export function lockRequest(tx: Tx, requestId: string): Promise<OpenRequest | undefined> {
  return tx.maybe(sql<OpenRequest>`${requestRow(tx, requestId)} for update`);
}

function requestRow(tx: Tx, requestId: string) {
  return sql<OpenRequest>`
    select id, bill_id as "billId", kind, state, amount_fen as "amountFen", reason,
      requested_by_id as "requestedById"
    from billing.adjustment_request where company_id = ${tx.companyId} and id = ${requestId}`;
}

export interface RequestDecision {
  readonly id: string;
  readonly state: Exclude<AdjustmentState, 'requested'>;
  /** Null: who asked took it back. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly at: Date;
  readonly note: string | null;
}

export async function decideRequest(tx: Tx, decision: RequestDecision): Promise<void> {
  const { by, at } = decision;
  await tx.run(sql`
    update billing.adjustment_request set state = ${decision.state},
      decided_by_id = ${by?.id ?? null}, decided_by = ${by?.name ?? null}, decided_at = ${at},
      decision_note = ${decision.note}
    where company_id = ${tx.companyId} and id = ${decision.id} and state = 'requested'`);
}

export interface AppliedChange {
  readonly requestId: string;
  readonly billId: string;
  readonly kind: AdjustmentKind;
  readonly amountFen: Fen;
  readonly at: Date;
}

const effectOf = { waiver: 'waived', correction: 'corrected', void: 'voided' } as const;

/** Takes the amount off a locked bill, or makes it void, and keeps that it did. */
export async function changeBill(tx: Tx, change: AppliedChange): Promise<void> {
  const { billId, kind, amountFen } = change;
  await tx.run(
    kind === 'void'
      ? sql`update billing.bill set state = 'void'
          where company_id = ${tx.companyId} and id = ${billId}`
      : sql`update billing.bill set waived_fen = waived_fen + ${amountFen}
          where company_id = ${tx.companyId} and id = ${billId}`,
  );
  await tx.run(sql`
    insert into billing.adjustment (company_id, id, bill_id, kind, amount_fen, source_id, at)
    values (${tx.companyId}, ${derivedId(change.requestId, billId)}, ${billId}, ${effectOf[kind]},
      ${amountFen}, ${change.requestId}, ${change.at})`);
}

export interface TakenAlone {
  readonly staffId: string;
  readonly day: string;
  readonly amountFen: Fen;
  readonly limitFen: Fen;
}

/**
 * Counts an amount towards what a person may take off bills alone on a day. Two at once wait for
 * each other here. @returns whether it stays below the limit; if not, nothing is counted
 */
export async function takeAlone(tx: Tx, taken: TakenAlone): Promise<boolean> {
  const { staffId, day, amountFen, limitFen } = taken;
  if (amountFen >= limitFen) return false;
  const id = derivedId(tx.companyId, 'billing.adjustment-day', staffId, day);
  const rows = await tx.run(sql`
    insert into billing.adjustment_day as d (company_id, id, staff_id, day, taken_fen)
    values (${tx.companyId}, ${id}, ${staffId}, ${day}, ${amountFen})
    on conflict (company_id, id) do update set taken_fen = d.taken_fen + excluded.taken_fen
      where d.taken_fen + excluded.taken_fen < ${limitFen}`);
  return rows === 1;
}

/** Small things are quick; what a manager would want to hear of takes two. */
const defaultLimitFen = fen(100_00);

export async function adjustmentLimit(tx: Tx): Promise<Fen> {
  const row = await tx.maybe(sql<{ limitFen: Fen }>`
    select two_people_from_fen as "limitFen" from billing.setting
    where company_id = ${tx.companyId} and id = ${tx.companyId}`);
  return row?.limitFen ?? defaultLimitFen;
}

export async function saveAdjustmentLimit(tx: Tx, limitFen: Fen, at: Date): Promise<void> {
  await tx.run(sql`
    insert into billing.setting (company_id, id, two_people_from_fen, updated_at)
    values (${tx.companyId}, ${tx.companyId}, ${limitFen}, ${at})
    on conflict (company_id, id) do update set two_people_from_fen = excluded.two_people_from_fen,
      updated_at = excluded.updated_at`);
}
