import type { AttemptView, PaymentDetail, PaymentLine } from '@wuye-pay/contract';
import type { Static } from 'typebox';
import { sql, type Tx } from '../../../platform/database/index.ts';
import { orderNoOf } from '../../../platform/id.ts';
import { isDeskMethod } from '../desk-account.ts';
import { maskId } from '../domain/mask-payer.ts';
import { type Change, type SentMessage, timelineOf } from '../domain/timeline.ts';
import { companyOf } from './companies.ts';
import { firstDayOf, postingsOf, proofsOfOrders } from './evidence.ts';
import { instants } from './instants.ts';
import { paymentView } from './list-payments.ts';
import { refundsOf } from './list-refunds.ts';
import { casesOfPayment } from './suspense.ts';

type Attempt = Static<typeof AttemptView>;
type Line = Static<typeof PaymentLine>;

/** Everything about one payment, down to the messages and transfers. */
export async function paymentDetail(tx: Tx, paymentId: string): Promise<PaymentDetail | undefined> {
  const view = await paymentView(tx, paymentId);
  if (!view) return undefined;
  const since = new Date(view.createdAt);
  const [lines, { attempts, payer }, changes, cases, refunds] = await Promise.all([
    linesOf(tx, paymentId),
    attemptsOf(tx, paymentId),
    changesOf(tx, paymentId),
    casesOfPayment(tx, paymentId),
    refundsOf(tx, { paymentId }),
  ]);
  const orderNos = [...attempts.map(({ orderNo }) => orderNo), ...(await deskOrderNo(tx, view))];
  const [proofs, postings, messages] = await Promise.all([
    proofsOfOrders(tx, orderNos, since),
    postingsOf(
      tx,
      [paymentId, ...cases.map(({ id }) => id), ...refunds.map(({ id }) => id)],
      since,
    ),
    messagesOf(tx, orderNos, since),
  ]);
  return {
    ...view,
    payer: payer === null ? null : maskId(payer),
    lines,
    attempts,
    proofs,
    postings,
    cases,
    refunds,
    timeline: timelineOf({
      ...{ channel: view.channel, changes, proofs, messages, cases, refunds },
      isTopUp: view.topUpFen > 0,
    }),
    allowedActions: [
      { action: 'check', ...checkAllowed(view.state) },
      { action: 'refund', ...refundAllowed(view) },
    ],
  };
}

function refundAllowed({
  state,
  settledFen,
  topUpFen,
  refundedFen,
  refundingFen,
}: Pick<PaymentDetail, 'state' | 'settledFen' | 'topUpFen' | 'refundedFen' | 'refundingFen'>) {
  const no = (zh: string, en: string) => ({ allowed: false, reason: { zh, en } });
  if (state !== 'paid')
    return no('只有已付清的收款才能退款', 'Only a paid payment can be refunded');
  if (settledFen + topUpFen - refundedFen - refundingFen > 0)
    return { allowed: true, reason: null };
  return refundingFen > 0
    ? no('全部金额已在退款中', 'All of it is in refunds that are under way')
    : no('已全部退款', 'All of it has been refunded');
}

function checkAllowed(state: PaymentDetail['state']) {
  if (state === 'open') return { allowed: true, reason: null };
  const reason = { zh: '支付已有结果，无需再查', en: 'The payment is decided already' };
  return { allowed: false, reason };
}

/** Desk and bank have no order at a channel; their evidence is filed under a number made of the payment's id. */
async function deskOrderNo(tx: Tx, view: { channel: string; id: string }): Promise<string[]> {
  const hasNone = isDeskMethod(view.channel) || view.channel === 'bank-transfer';
  return hasNone ? [orderNoOf((await companyOf(tx)).shortCode, view.id)] : [];
}

async function linesOf(tx: Tx, paymentId: string): Promise<Line[]> {
  return await tx.many(sql<Line>`
    select line.bill_id as "billId", line.fee_item_id as "feeItemId", item.name as "feeItemName",
      bill.period_start as "periodStart", bill.period_end as "periodEnd", bill.month,
      unit.id as "unitId", unit.label as "unitLabel", line.amount_fen as "amountFen",
      line.settled_fen as "settledFen", line.refunded_fen as "refundedFen", line.refund_reserved_fen as "reservedFen"
    from payment.allocation as line
    join billing.pub_bill as bill on bill.company_id = line.company_id and bill.id = line.bill_id
    join charging.pub_fee_item as item on item.company_id = line.company_id
      and item.id = line.fee_item_id
    join estate.pub_unit as unit on unit.company_id = bill.company_id and unit.id = bill.unit_id
    where line.company_id = ${tx.companyId} and line.payment_id = ${paymentId}
    order by unit.sort_key, unit.id, bill.period_start, line.bill_id`);
}

type AttemptRow = Omit<Attempt, 'requestedAt' | 'expiresAt' | 'nextCheckAt' | 'endedAt'> & {
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly nextCheckAt: Date | null;
  readonly endedAt: Date | null;
  readonly payerOpenId: string | null;
};

async function attemptsOf(tx: Tx, paymentId: string) {
  const rows = await tx.many(sql<AttemptRow>`
    select id, order_no as "orderNo", channel, product, state, amount_fen as "amountFen",
      requested_at as "requestedAt", expires_at as "expiresAt", next_check_at as "nextCheckAt",
      checks, ended_at as "endedAt", end_reason as "endReason", channel_trade_no as "tradeNo",
      payer_open_id as "payerOpenId"
    from payment.attempt
    where company_id = ${tx.companyId} and payment_id = ${paymentId}
    order by id`);
  const attempts = rows.map(
    ({ payerOpenId: _payer, ...row }): Attempt =>
      instants(row, ['requestedAt', 'expiresAt', 'nextCheckAt', 'endedAt']),
  );
  return { attempts, payer: rows.at(-1)?.payerOpenId ?? null };
}

async function changesOf(tx: Tx, paymentId: string): Promise<Change[]> {
  return await tx.many(sql<Change>`
    select attempt_id as "attemptId", from_state as "from", to_state as "to", reason, actor, at
    from payment.state_change
    where company_id = ${tx.companyId} and payment_id = ${paymentId}
    -- Within one instant: beginnings first, ends last.
    order by at, from_state is not null, to_state in ('paid', 'closed'),
      attempt_id is not null, id
    limit 200`);
}

async function messagesOf(
  tx: Tx,
  orderNos: readonly string[],
  since: Date,
): Promise<SentMessage[]> {
  return await tx.many(sql<SentMessage>`
    select verb, outcome, status, sent_at as "sentAt"
    from channels.pub_message
    where company_id = ${tx.companyId} and day >= ${firstDayOf(since)}
      and order_no = any (${orderNos}::text[])
    order by sent_at, id
    limit 200`);
}
