import { type Fen, fen } from '@wuye-pay/money';
import { sql, type Tx } from '../../../platform/database/index.ts';

/**
 * `processing`: nobody knows yet; the channel has not answered, or the time is over and it is
 * being asked. It never becomes `closed` by guess.
 */
export type PublicState = 'open' | 'processing' | 'paid' | 'closed';

export interface PaymentLine {
  readonly billId: string;
  readonly unitId: string;
  readonly feeItemName: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly amountFen: Fen;
  readonly settledFen: Fen;
  readonly refundedFen: Fen;
}

export interface PaymentStateView {
  readonly paymentId: string;
  readonly state: PublicState;
  readonly amountFen: Fen;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly expiresAt: Date;
  /** The home that it is filed under; `lines` name the others. */
  readonly unitId: string;
  /** Of it paid ahead for that home, and what of that went back. */
  readonly topUpFen: Fen;
  readonly topUpRefundedFen: Fen;
  /** Whose payment it is: a payer may look at no other. */
  readonly payerKey: string;
  readonly channel: string;
  readonly merchantAccountId: string | null;
  /** Of the order that was paid, else of the newest one. */
  readonly orderNo: string | null;
  readonly tradeNo: string | null;
  readonly lines: readonly PaymentLine[];
}

type Row = Omit<PaymentStateView, 'state' | 'lines'> & {
  readonly stored: 'open' | 'paid' | 'closed';
  readonly attemptState: string | null;
};

/**
 * What the payer's page shows.
 * @param now when given, an open payment past its time is `processing`
 */
export async function paymentState(
  tx: Tx,
  paymentId: string,
  now?: Date,
): Promise<PaymentStateView | undefined> {
  const [row, lines] = await Promise.all([readPayment(tx, paymentId), readLines(tx, paymentId)]);
  if (!row) return undefined;
  const { stored, attemptState, ...view } = row;
  const isUnclear = attemptState === 'requested' || (now !== undefined && view.expiresAt <= now);
  const state = stored === 'open' && isUnclear ? 'processing' : stored;
  return { ...view, amountFen: fen(view.amountFen), state, lines };
}

function readPayment(tx: Tx, paymentId: string): Promise<Row | undefined> {
  return tx.maybe(sql<Row>`
    select p.id as "paymentId", p.state as stored, p.amount_fen as "amountFen",
      p.created_at as "createdAt", p.paid_at as "paidAt", p.expires_at as "expiresAt",
      p.unit_id as "unitId", p.top_up_fen as "topUpFen",
      p.top_up_refunded_fen as "topUpRefundedFen", p.payer_key as "payerKey", p.channel,
      p.merchant_account_id as "merchantAccountId",
      attempt.order_no as "orderNo", attempt.channel_trade_no as "tradeNo",
      attempt.state as "attemptState"
    from payment.payment as p
    left join lateral (
      select order_no, channel_trade_no, state from payment.attempt
      where company_id = p.company_id and payment_id = p.id
      order by (state = 'paid') desc, id desc limit 1) as attempt on true
    where p.company_id = ${tx.companyId} and p.id = ${paymentId}`);
}

function readLines(tx: Tx, paymentId: string): Promise<PaymentLine[]> {
  return tx.many(sql<PaymentLine>`
    select line.bill_id as "billId", bill.unit_id as "unitId", item.name as "feeItemName",
      bill.period_start as "periodStart", bill.period_end as "periodEnd",
      line.amount_fen as "amountFen", line.settled_fen as "settledFen",
      line.refunded_fen as "refundedFen"
    from payment.allocation as line
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = line.fee_item_id
    where line.company_id = ${tx.companyId} and line.payment_id = ${paymentId}
    order by bill.period_start, line.bill_id`);
}
