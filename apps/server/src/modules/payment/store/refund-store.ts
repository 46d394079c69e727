import type { RefundState } from '@wuye-pay/contract';
import { fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';
import type { RefundContent, RefundLine } from '../domain/refund.ts';

export interface NewRefund extends RefundContent {
  readonly refundName: string;
  readonly policyId: string | null;
  readonly communityId: string | null;
  readonly unitId: string | null;
  /** `desk` where no channel is asked. */
  readonly product: string;
  readonly orderRequestedAt: Date;
  readonly paidAt: Date;
  readonly contentSha256: Buffer;
  readonly requestedById: string | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

export interface Refund extends NewRefund {
  readonly state: RefundState;
  readonly decidedById: string | null;
  readonly decidedBy: string | null;
}

const columns = sql`id, refund_name as "refundName", kind, payment_id as "paymentId",
  case_id as "caseId", adopted_case_id as "adoptedCaseId", policy_id as "policyId",
  community_id as "communityId", unit_id as "unitId", state, amount_fen as "amountFen",
  top_up_fen as "topUpFen",
  bill_effect as "billEffect", reason, channel, merchant_account_id as "merchantAccountId",
  order_no as "orderNo", trade_no as "tradeNo", product, order_amount_fen as "orderAmountFen",
  order_requested_at as "orderRequestedAt", paid_at as "paidAt",
  content_sha256 as "contentSha256", requested_by_id as "requestedById",
  requested_by as "requestedBy", requested_at as "requestedAt", decided_by_id as "decidedById",
  decided_by as "decidedBy"`;

export async function insertRefund(
  tx: Tx,
  refund: NewRefund,
  lines: readonly RefundLine[],
): Promise<void> {
  const r = refund;
  await tx.run(sql`
    insert into payment.refund (company_id, id, refund_name, kind, payment_id, case_id,
      adopted_case_id, policy_id, community_id, unit_id, amount_fen, top_up_fen, bill_effect,
      reason, channel, merchant_account_id, order_no, trade_no, product, order_amount_fen,
      order_requested_at, paid_at, content_sha256, requested_by_id, requested_by, requested_at)
    values (${tx.companyId}, ${r.id}, ${r.refundName}, ${r.kind}, ${r.paymentId}, ${r.caseId},
      ${r.adoptedCaseId}, ${r.policyId}, ${r.communityId}, ${r.unitId}, ${r.amountFen},
      ${r.topUpFen}, ${r.billEffect}, ${r.reason}, ${r.channel}, ${r.merchantAccountId},
      ${r.orderNo}, ${r.tradeNo}, ${r.product}, ${r.orderAmountFen}, ${r.orderRequestedAt},
      ${r.paidAt}, ${r.contentSha256}, ${r.requestedById}, ${r.requestedBy}, ${r.requestedAt})`);
  if (lines.length === 0) return;
  await tx.run(sql`
    insert into payment.refund_line (company_id, id, refund_id, allocation_id, bill_id, amount_fen)
    select company.id, line.*
    from identity.company as company
    cross join unnest(${lines.map(({ billId }) => derivedId(refund.id, billId))}::uuid[],
      ${lines.map(() => refund.id)}::uuid[],
      ${lines.map(({ allocationId }) => allocationId)}::uuid[],
      ${lines.map(({ billId }) => billId)}::uuid[],
      ${lines.map(({ amountFen }) => amountFen)}::bigint[]) as line
    where company.id = ${tx.companyId}`);
}

export async function readRefund(tx: Tx, refundId: string): Promise<Refund | undefined> {
  const row = await tx.maybe(sql<Refund>`
    select ${columns} from payment.refund
    where company_id = ${tx.companyId} and id = ${refundId}`);
  return row && readFen(row);
}

/** The refund's own lock comes after those of its payment and its cases. */
export async function lockRefund(tx: Tx, refundId: string): Promise<Refund> {
  const row = await tx.one(sql<Refund>`
    select ${columns} from payment.refund
    where company_id = ${tx.companyId} and id = ${refundId}
    for update`);
  return readFen(row);
}

function readFen(row: Refund): Refund {
  const { amountFen, topUpFen, orderAmountFen } = row;
  return {
    ...row,
    amountFen: fen(amountFen),
    topUpFen: fen(topUpFen),
    orderAmountFen: fen(orderAmountFen),
  };
}

export async function refundLinesOf(tx: Tx, refundId: string): Promise<RefundLine[]> {
  const rows = await tx.many(sql<RefundLine>`
    select allocation_id as "allocationId", bill_id as "billId", amount_fen as "amountFen"
    from payment.refund_line
    where company_id = ${tx.companyId} and refund_id = ${refundId}
    order by bill_id`);
  return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
}

/** The database refuses what exceeds a settled line, whatever was read before. */
export const refundWithin = 'allocation_refund_within';

/**
 * Moves amounts of settled lines between free, reserved and given back. The caller holds the
 * payment's lock. @param step per fen of a line: `reserve` +1/0, `release` −1/0, `complete` −1/+1
 */
export async function moveReservation(
  tx: Tx,
  lines: readonly RefundLine[],
  step: 'reserve' | 'release' | 'complete',
): Promise<void> {
  if (lines.length === 0) return;
  const reserved = step === 'reserve' ? 1 : -1;
  const refunded = step === 'complete' ? 1 : 0;
  const written = await tx.run(sql`
    update payment.allocation as line
    set refund_reserved_fen = line.refund_reserved_fen + ${reserved} * given.amount_fen,
      refunded_fen = line.refunded_fen + ${refunded} * given.amount_fen
    from unnest(${lines.map(({ allocationId }) => allocationId)}::uuid[],
      ${lines.map(({ amountFen }) => amountFen)}::bigint[]) as given (id, amount_fen)
    where line.company_id = ${tx.companyId} and line.id = given.id`);
  if (written !== lines.length) throw new Error('a settled line to refund does not exist');
}

/** The same of money that a payment paid ahead; the balance is moved with it. */
export async function moveTopUp(
  tx: Tx,
  { paymentId, amountFen }: { readonly paymentId: string; readonly amountFen: number },
  step: 'reserve' | 'release' | 'complete',
): Promise<void> {
  const reserved = step === 'reserve' ? amountFen : -amountFen;
  const refunded = step === 'complete' ? amountFen : 0;
  const written = await tx.run(sql`
    update payment.payment set top_up_reserved_fen = top_up_reserved_fen + ${reserved},
      top_up_refunded_fen = top_up_refunded_fen + ${refunded}
    where company_id = ${tx.companyId} and id = ${paymentId}`);
  if (written !== 1) throw new Error(`payment ${paymentId} paid nothing ahead`);
}

export interface RefundMove {
  readonly from: readonly RefundState[];
  readonly to: RefundState;
  readonly at: Date;
  /** The checker, when it is their decision. */
  readonly decidedBy?: { readonly id: string | null; readonly name: string } | undefined;
  readonly refundedAt?: Date | undefined;
  readonly payout?: PayOut | undefined;
}

export interface PayOut {
  readonly voucherNo: string;
  readonly payeeName: string;
  readonly note: string;
}

const finalStates: readonly RefundState[] = ['refunded', 'returned', 'rejected', 'cancelled'];
/** A cash voucher is used once. */
export const voucherOnce = 'refund_voucher_key';

/** @throws Error when the refund was in another state than its lock's holder saw */
export async function moveRefund(tx: Tx, refundId: string, move: RefundMove): Promise<void> {
  const { decidedBy, payout } = move;
  const endedAt = finalStates.includes(move.to) ? move.at : null;
  const written = await tx.run(sql`
    update payment.refund set state = ${move.to}, ended_at = coalesce(ended_at, ${endedAt}),
      refunded_at = coalesce(refunded_at, ${move.refundedAt ?? null}),
      decided_at = coalesce(decided_at, ${decidedBy ? move.at : null}),
      decided_by_id = coalesce(decided_by_id, ${decidedBy?.id ?? null}),
      decided_by = coalesce(decided_by, ${decidedBy?.name ?? null}),
      voucher_no = coalesce(voucher_no, ${payout?.voucherNo ?? null}),
      payee_name = coalesce(payee_name, ${payout?.payeeName ?? null}),
      payout_note = coalesce(payout_note, ${payout?.note ?? null})
    where company_id = ${tx.companyId} and id = ${refundId}
      and state = any (${move.from}::text[])`);
  if (written !== 1) throw new Error(`refund ${refundId} was not ${move.from.join(' or ')}`);
}

export interface RefundChange {
  readonly id: string;
  readonly refundId: string;
  readonly attemptId: string | null;
  readonly from: string | null;
  readonly to: string;
  /** A word of ours; what people wrote is the note. */
  readonly reason: string;
  readonly note: string | null;
  readonly actor: string;
}

export async function recordRefundChange(tx: Tx, at: Date, change: RefundChange): Promise<void> {
  await tx.run(sql`
    insert into payment.refund_change (company_id, id, refund_id, attempt_id, from_state, to_state,
      reason, note, actor, at)
    values (${tx.companyId}, ${change.id}, ${change.refundId}, ${change.attemptId}, ${change.from},
      ${change.to}, ${change.reason}, ${change.note}, ${change.actor}, ${at})`);
}
