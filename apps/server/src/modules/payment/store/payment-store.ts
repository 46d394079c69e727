import type { CloseReason } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import { type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

export interface NewPayment {
  readonly id: string;
  readonly communityId: string;
  readonly unitId: string;
  readonly source: 'cashier' | 'desk' | 'suspense' | 'transfer' | 'resident' | 'autopay';
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly payerKey: string;
  readonly amountFen: Fen;
  /** Of it to be paid ahead for the unit. */
  readonly topUpFen?: Fen;
  /** Homes besides. */
  readonly furtherUnits?: readonly { readonly unitId: string; readonly communityId: string }[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface NewAllocation {
  readonly billId: string;
  readonly feeItemId: string;
  readonly amountFen: Fen;
}

export async function insertPayment(
  tx: Tx,
  payment: NewPayment,
  lines: readonly NewAllocation[],
): Promise<void> {
  await Promise.all([
    tx.run(sql`
      insert into payment.payment (company_id, id, community_id, unit_id, source, channel,
        merchant_account_id, payer_key, amount_fen, top_up_fen, created_at, expires_at)
      values (${tx.companyId}, ${payment.id}, ${payment.communityId}, ${payment.unitId},
        ${payment.source}, ${payment.channel}, ${payment.merchantAccountId}, ${payment.payerKey},
        ${payment.amountFen}, ${payment.topUpFen ?? 0}, ${payment.createdAt},
        ${payment.expiresAt})`),
    lines.length > 0 &&
      tx.run(sql`
      insert into payment.allocation (company_id, id, payment_id, bill_id, fee_item_id, amount_fen)
      select company.id, line.id, ${payment.id}, line.bill_id, line.fee_item_id, line.amount_fen
      from identity.company as company
      cross join unnest(${lines.map(({ billId }) => derivedId(payment.id, billId))}::uuid[],
        ${lines.map(({ billId }) => billId)}::uuid[],
        ${lines.map(({ feeItemId }) => feeItemId)}::uuid[],
        ${lines.map(({ amountFen }) => amountFen)}::bigint[])
        as line (id, bill_id, fee_item_id, amount_fen)
      where company.id = ${tx.companyId}`),
    insertFurtherUnits(tx, payment),
  ]);
}

async function insertFurtherUnits(tx: Tx, { id, furtherUnits = [] }: NewPayment): Promise<void> {
  if (furtherUnits.length === 0) return;
  await tx.run(sql`
    insert into payment.further_unit (company_id, id, payment_id, unit_id, community_id)
    select company.id, unit.id, ${id}, unit.unit_id, unit.community_id
    from identity.company as company
    cross join unnest(${furtherUnits.map(({ unitId }) => derivedId(id, unitId))}::uuid[],
      ${furtherUnits.map(({ unitId }) => unitId)}::uuid[],
      ${furtherUnits.map(({ communityId }) => communityId)}::uuid[])
      as unit (id, unit_id, community_id)
    where company.id = ${tx.companyId}`);
}

/** The newest payment that a payer began for a unit. */
export async function paymentOfPayer(
  tx: Tx,
  { unitId, payerKey }: { readonly unitId: string; readonly payerKey: string },
): Promise<string | undefined> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from payment.payment
    where company_id = ${tx.companyId} and unit_id = ${unitId} and payer_key = ${payerKey}
    order by id desc limit 1`);
  return row?.id;
}

export interface LockedPayment {
  readonly id: string;
  readonly state: 'open' | 'paid' | 'closed';
  readonly communityId: string;
  readonly unitId: string;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly amountFen: Fen;
  /** Of it paid ahead for the unit; the rest settles bills. */
  readonly topUpFen: Fen;
}

const lockedColumns = sql`p.id, p.state, p.community_id as "communityId", p.unit_id as "unitId",
  p.channel, p.merchant_account_id as "merchantAccountId", p.amount_fen as "amountFen",
  p.top_up_fen as "topUpFen"`;

export async function lockPayment(tx: Tx, paymentId: string): Promise<LockedPayment | undefined> {
  return await tx.maybe(sql<LockedPayment>`
    select ${lockedColumns} from payment.payment as p
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}
    for update`);
}

/** The payment behind an order number; the first lock that a proof takes. */
export async function lockPaymentOfOrder(
  tx: Tx,
  orderNo: string,
): Promise<LockedPayment | undefined> {
  return await tx.maybe(sql<LockedPayment>`
    select ${lockedColumns} from payment.payment as p
    where p.company_id = ${tx.companyId} and p.id = (
      select payment_id from payment.attempt
      where company_id = ${tx.companyId} and order_no = ${orderNo})
    for update of p`);
}

export async function markClosed(
  tx: Tx,
  paymentId: string,
  closed: { readonly at: Date; readonly reason: CloseReason },
): Promise<void> {
  const written = await tx.run(sql`
    update payment.payment set state = 'closed', closed_at = ${closed.at},
      close_reason = ${closed.reason}
    where company_id = ${tx.companyId} and id = ${paymentId} and state = 'open'`);
  if (written !== 1) throw new Error(`payment ${paymentId} was not open`);
}

export interface StateChange {
  readonly id: string;
  readonly paymentId: string;
  readonly attemptId: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly actor: string;
}

export async function recordChanges(
  tx: Tx,
  at: Date,
  changes: readonly StateChange[],
): Promise<void> {
  await tx.run(stateChangeInsert(tx, at, changes));
}

export function stateChangeInsert(tx: Tx, at: Date, changes: readonly StateChange[]): Statement {
  return sql`
    insert into payment.state_change (company_id, id, payment_id, attempt_id, from_state, to_state,
      reason, actor, at)
    select company.id, change.*, ${at}::timestamptz
    from identity.company as company
    cross join unnest(${changes.map(({ id }) => id)}::uuid[],
      ${changes.map(({ paymentId }) => paymentId)}::uuid[],
      ${changes.map(({ attemptId }) => attemptId)}::uuid[],
      ${changes.map(({ from }) => from)}::text[], ${changes.map(({ to }) => to)}::text[],
      ${changes.map(({ reason }) => reason)}::text[],
      ${changes.map(({ actor }) => actor)}::text[]) as change
    where company.id = ${tx.companyId}`;
}
