import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { orderNoOf } from '../../../platform/id.ts';
import { type SettledLine, topUpLine } from '../domain/refund-rules.ts';
import { correctedKeyOf, keyIdOf, tradeKey } from '../proof-key.ts';
import { companyOf } from './companies.ts';
import { firstDayOf } from './evidence.ts';

/** The order whose money goes back, as the channel needs to find it. */
export interface RefundableOrder {
  readonly channel: string;
  /** Null: nobody's channel; a person pays out. */
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly tradeNo: string;
  readonly product: string;
  readonly orderAmountFen: Fen;
  readonly orderRequestedAt: Date;
  readonly paidAt: Date;
}

interface PaidRow extends Omit<RefundableOrder, 'orderNo' | 'tradeNo' | 'product'> {
  readonly orderNo: string | null;
  readonly tradeNo: string | null;
  readonly product: string | null;
  readonly caseId: string | null;
}

/** Of a paid payment: the order that was paid; for money of a case, the order of the case. */
export async function orderOfPayment(tx: Tx, paymentId: string): Promise<RefundableOrder> {
  const [{ shortCode }, row] = await Promise.all([
    companyOf(tx),
    tx.one(sql<PaidRow>`
      select p.channel, p.merchant_account_id as "merchantAccountId", p.case_id as "caseId",
        attempt.order_no as "orderNo", attempt.channel_trade_no as "tradeNo", attempt.product,
        p.amount_fen as "orderAmountFen",
        coalesce(attempt.requested_at, p.created_at) as "orderRequestedAt", p.paid_at as "paidAt"
      from payment.payment as p
      left join payment.attempt as attempt on attempt.company_id = p.company_id
        and attempt.payment_id = p.id and attempt.state = 'paid'
      where p.company_id = ${tx.companyId} and p.id = ${paymentId}`),
  ]);
  const { caseId, ...order } = row;
  if (caseId !== null) {
    const ofCase = await orderOfCase(tx, caseId);
    if (ofCase) return ofCase;
  }
  // The desk has no order at a channel; its evidence is filed under a number made of the id.
  const ours = orderNoOf(shortCode, paymentId);
  return {
    ...order,
    orderNo: order.orderNo ?? ours,
    tradeNo: order.tradeNo ?? ours,
    product: order.product ?? 'desk',
    orderAmountFen: fen(order.orderAmountFen),
  };
}

interface CaseRow {
  readonly channel: string;
  readonly merchantAccountId: string | null;
  readonly orderNo: string;
  readonly tradeNo: string | null;
  readonly amountFen: number;
  readonly openedAt: Date;
  readonly product: string | null;
  readonly requestedAt: Date | null;
  readonly refundId: string | null;
}

/**
 * Of the money of a case: the trade that brought it.
 * @returns undefined for a case without a trade
 */
export async function orderOfCase(tx: Tx, caseId: string): Promise<RefundableOrder | undefined> {
  const row = await tx.maybe(sql<CaseRow>`
    select s.channel, s.merchant_account_id as "merchantAccountId", s.order_no as "orderNo",
      s.trade_no as "tradeNo", s.amount_fen as "amountFen", s.opened_at as "openedAt",
      attempt.product, attempt.requested_at as "requestedAt", returned.refund_id as "refundId"
    from payment.surplus as s
    left join payment.attempt as attempt on attempt.company_id = s.company_id
      and attempt.order_no = s.order_no
    left join payment.refund_attempt as returned on returned.company_id = s.company_id
      and returned.refund_no = s.refund_no and s.reason = 'refund-returned'
    where s.company_id = ${tx.companyId} and s.id = ${caseId}`);
  if (!row || row.tradeNo === null) return undefined;
  // Money that bounced belongs to the order that its refund was of.
  if (row.refundId !== null) return await orderOfRefund(tx, row.refundId);
  const { channel, merchantAccountId, orderNo, tradeNo } = row;
  const trade = await tradeOf(tx, { ...row, tradeNo });
  const paidAt = trade?.paidAt ?? row.openedAt;
  return {
    channel,
    merchantAccountId,
    orderNo,
    tradeNo,
    // Of an order that is not ours the trade alone tells.
    product: row.product ?? 'jsapi',
    orderAmountFen: fen(trade?.amountFen ?? row.amountFen),
    orderRequestedAt: row.requestedAt ?? paidAt,
    paidAt,
  };
}

/** What the trade came to as it was booked, and when it was paid. */
async function tradeOf(tx: Tx, row: CaseRow & { readonly tradeNo: string }) {
  const key = tradeKey(row);
  const ids = [keyIdOf(tx.companyId, key), keyIdOf(tx.companyId, correctedKeyOf(key))];
  return await tx.maybe(sql<{ amountFen: number; paidAt: Date }>`
    select booked.amount_fen as "amountFen", proof.paid_at as "paidAt"
    from payment.proof_key as booked
    cross join lateral (
      select paid_at from payment.proof
      where company_id = booked.company_id and day >= ${firstDayOf(row.openedAt)}
        and order_no = ${row.orderNo} and trade_no = ${row.tradeNo}
      order by day, id limit 1) as proof
    where booked.company_id = ${tx.companyId} and booked.id = any (${ids}::uuid[])
    order by length(booked.key) desc limit 1`);
}

/** The order that has this number, when it is ours. */
export async function orderOfNumber(tx: Tx, orderNo: string): Promise<RefundableOrder | undefined> {
  const row = await tx.maybe(sql<Omit<RefundableOrder, 'tradeNo'> & { tradeNo: string | null }>`
    select attempt.channel, attempt.merchant_account_id as "merchantAccountId",
      attempt.order_no as "orderNo", attempt.channel_trade_no as "tradeNo", attempt.product,
      attempt.amount_fen as "orderAmountFen", attempt.requested_at as "orderRequestedAt",
      coalesce(p.paid_at, attempt.requested_at) as "paidAt"
    from payment.attempt as attempt
    join payment.payment as p on p.company_id = attempt.company_id and p.id = attempt.payment_id
    where attempt.company_id = ${tx.companyId} and attempt.order_no = ${orderNo}`);
  return row && { ...row, tradeNo: row.tradeNo ?? '', orderAmountFen: fen(row.orderAmountFen) };
}

async function orderOfRefund(tx: Tx, refundId: string): Promise<RefundableOrder> {
  const row = await tx.one(sql<RefundableOrder>`
    select channel, merchant_account_id as "merchantAccountId", order_no as "orderNo",
      trade_no as "tradeNo", product, order_amount_fen as "orderAmountFen",
      order_requested_at as "orderRequestedAt", paid_at as "paidAt"
    from payment.refund where company_id = ${tx.companyId} and id = ${refundId}`);
  return { ...row, orderAmountFen: fen(row.orderAmountFen) };
}

/** Whether the channel is still being asked what a case's money really came to. */
export async function isCaseInDoubt(
  tx: Tx,
  { orderNo, tradeNo }: { readonly orderNo: string; readonly tradeNo: string | null },
): Promise<boolean> {
  const row = await tx.one(sql<{ isDoubtful: boolean }>`
    select exists (
      select from payment.unbooked_proof as waiting
      join payment.proof as proof on proof.company_id = waiting.company_id
        and proof.day = waiting.day and proof.id = waiting.id
      where waiting.company_id = ${tx.companyId} and waiting.is_doubtful
        and proof.order_no = ${orderNo} and proof.trade_no = ${tradeNo}) as "isDoubtful"`);
  return row.isDoubtful;
}

/**
 * What of a payment was settled, promised and given back, line by line. Money paid ahead is a line
 * too, under a name of its own.
 */
export async function settledLinesOf(tx: Tx, paymentId: string): Promise<SettledLine[]> {
  const rows = await tx.many(sql<SettledLine>`
    select null as "allocationId", ${topUpLine} as "billId", p.unit_id as "unitId",
      '预存' as "feeItemName", p.top_up_fen as "settledFen",
      p.top_up_reserved_fen as "reservedFen", p.top_up_refunded_fen as "refundedFen"
    from payment.payment as p
    where p.company_id = ${tx.companyId} and p.id = ${paymentId} and p.top_up_fen > 0
    union all
    select line.id as "allocationId", line.bill_id::text, bill.unit_id, item.name as "feeItemName",
      line.settled_fen as "settledFen", line.refund_reserved_fen as "reservedFen",
      line.refunded_fen as "refundedFen"
    from payment.allocation as line
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = line.fee_item_id
    where line.company_id = ${tx.companyId} and line.payment_id = ${paymentId}
    order by 2`);
  return rows.map((row) => ({
    ...row,
    settledFen: fen(row.settledFen),
    reservedFen: fen(row.reservedFen),
    refundedFen: fen(row.refundedFen),
  }));
}
