import type { BillEffect, RefundPreview } from '@wuye-pay/contract';
import { fen, sum, yuanText } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { AppError } from '../../../platform/errors.ts';
import { once } from '../../../platform/idempotency.ts';
import { channelOf, isChannel } from '../../channels/index.ts';
import { channelWords } from '../channel-label.ts';
import type { PaymentDeps } from '../deps.ts';
import type { RefundLine } from '../domain/refund.ts';
import { effectsOf } from '../domain/refund-effects.ts';
import {
  problemsOf,
  type RefundAsk,
  type RefundProblem,
  topUpLine,
  type WantedLine,
} from '../domain/refund-rules.ts';
import { paymentErrors } from '../errors.ts';
import { unitsOf } from '../queries/held-payment.ts';
import { billsNow } from '../queries/refund-bills.ts';
import { orderOfPayment, type RefundableOrder, settledLinesOf } from '../queries/refund-order.ts';
import { type LockedPayment, lockPayment } from '../store/payment-store.ts';
import { refundWithin } from '../store/refund-store.ts';
import { recordRefund } from './record-refund.ts';

export interface RefundWish {
  readonly paymentId: string;
  readonly lines: readonly WantedLine[];
  /** Out of the balance that it paid into. */
  readonly topUpFen?: number;
  readonly billEffect: BillEffect;
}

export interface RefundRequest extends RefundWish {
  readonly actor: StaffActor;
  readonly reason: string;
  readonly idempotencyKey: string;
}

type RefundDeps = Pick<PaymentDeps, 'db' | 'clock'>;

/**
 * Asks for some of a payment to go back by the way it came. The amount is reserved at once, under
 * the payment's lock and the database's own rule, so that no two refunds exceed what was settled.
 * @throws PAYMENT_NOT_FOUND, PAYMENT_NOT_REFUNDABLE, REFUND_TOO_MUCH, REFUND_TOO_LATE,
 *   REFUND_ONLY_WHOLE, REFUND_LINE_UNKNOWN, REFUND_LINE_TWICE, PREPAYMENT_TOO_SMALL,
 *   IDEMPOTENCY_KEY_REUSED
 */
export async function requestRefund(
  deps: RefundDeps,
  { actor, idempotencyKey, ...wish }: RefundRequest,
): Promise<{ refundId: string }> {
  const request = { ...wish, by: actor.id };
  try {
    return await deps.db.transaction(actor.companyId, (tx) =>
      once(tx, deps.clock, { scope: 'payment.refund', key: idempotencyKey, request }, async () => {
        const payment = await lockPayment(tx, wish.paymentId);
        if (!payment) throw paymentErrors.PAYMENT_NOT_FOUND();
        const { order, lines, place } = await check(tx, deps, wish, payment);
        const topUpFen = fen(wish.topUpFen ?? 0);
        const refundId = await recordRefund(tx, deps, {
          kind: 'payment',
          order,
          paymentId: payment.id,
          caseId: null,
          adoptedCaseId: null,
          policyId: null,
          communityId: place.communityId,
          unitId: place.unitId,
          lines,
          amountFen: sum([...lines.map(({ amountFen }) => amountFen), topUpFen]),
          topUp: topUpFen > 0 ? { amountFen: topUpFen, payment } : undefined,
          billEffect: wish.billEffect,
          reason: wish.reason,
          actor,
        });
        return { refundId };
      }),
    );
  } catch (error) {
    // Under the lock this cannot happen; the database says so all the same.
    const isOver = violatedConstraint(error) === refundWithin;
    throw isOver ? paymentErrors.REFUND_TOO_MUCH({ cause: error }) : error;
  }
}

/** What asking would do, and what stands in its way; nothing is written or locked. */
export async function previewRefund(
  deps: RefundDeps,
  { companyId, payment, wish }: PreviewInput,
): Promise<RefundPreview> {
  return await deps.db.read(companyId, async (tx) => {
    const ask = await askOf(tx, deps, wish);
    const bills = await billsNow(
      tx,
      wish.lines.map(({ billId }) => billId),
    );
    const amounts = new Map(wish.lines.map((line) => [line.billId, fen(line.amountFen)]));
    const lines = bills.map((bill) => ({ ...bill, amountFen: amounts.get(bill.billId) ?? fen(0) }));
    const topUpFen = fen(wish.topUpFen ?? 0);
    const amountFen = sum([...amounts.values(), topUpFen]);
    const { channel, merchantAccountId } = ask.order;
    const route = { label: channelWords(channel), isByHand: merchantAccountId === null };
    const errors = payment.state === 'paid' ? [] : [paymentErrors.PAYMENT_NOT_REFUNDABLE()];
    const found = [...errors, ...problemsOf(ask.ask).map(errorOf)];
    return {
      amountFen,
      effects: effectsOf({
        ...route,
        ...{ amountFen, topUpFen, billEffect: wish.billEffect, lines, caseNo: null },
      }),
      obstacles: found.map((error) => ({ zh: error.text('zh'), en: error.text('en') })),
    };
  });
}

interface PreviewInput {
  readonly companyId: string;
  readonly payment: Pick<LockedPayment, 'state'>;
  readonly wish: RefundWish;
}

interface Checked {
  readonly order: RefundableOrder;
  readonly lines: RefundLine[];
  /** Of a payment of several homes, the one whose money goes back. */
  readonly place: { readonly communityId: string; readonly unitId: string };
}

async function check(
  tx: Tx,
  deps: RefundDeps,
  wish: RefundWish,
  payment: LockedPayment,
): Promise<Checked> {
  if (payment.state !== 'paid') throw paymentErrors.PAYMENT_NOT_REFUNDABLE();
  const { order, ask } = await askOf(tx, deps, wish);
  const [problem] = problemsOf(ask);
  if (problem) throw errorOf(problem);
  if (ask.wanted.length === 0) throw paymentErrors.REFUND_LINE_UNKNOWN();
  const settled = new Map(ask.lines.map((line) => [line.billId, line]));
  const lines = wish.lines.map(({ billId, amountFen }) => ({
    billId,
    amountFen: fen(amountFen),
    allocationId: settled.get(billId)?.allocationId ?? '',
  }));
  const homes = new Set(ask.wanted.map(({ billId }) => settled.get(billId)?.unitId));
  const [unitId = payment.unitId, ...others] = homes;
  const [place] = others.length > 0 ? [] : await unitsOf(tx, [unitId]);
  return { order, lines, place: place ?? payment };
}

async function askOf(
  tx: Tx,
  deps: RefundDeps,
  { paymentId, lines: wantedLines, topUpFen }: RefundWish,
): Promise<{ order: RefundableOrder; ask: RefundAsk }> {
  const [lines, order] = await Promise.all([
    settledLinesOf(tx, paymentId),
    orderOfPayment(tx, paymentId),
  ]);
  const { orderAmountFen, paidAt } = order;
  const ahead = topUpFen ? [{ billId: topUpLine, amountFen: topUpFen }] : [];
  const wanted = [...wantedLines, ...ahead];
  const now = deps.clock.now();
  return { order, ask: { lines, wanted, orderAmountFen, paidAt, now, channel: rulesOf(order) } };
}

/** What the channel of an order takes; undefined where a person pays out. */
export function rulesOf({ channel, merchantAccountId }: RefundableOrder): RefundAsk['channel'] {
  if (merchantAccountId === null || !isChannel(channel)) return undefined;
  const { refundDays, partialRefunds, label } = channelOf(channel).description;
  return { refundDays, partialRefunds, label: label.zh };
}

export function errorOf(problem: RefundProblem): AppError {
  switch (problem.kind) {
    case 'line-unknown':
      return paymentErrors.REFUND_LINE_UNKNOWN();
    case 'line-twice':
      return paymentErrors.REFUND_LINE_TWICE({ values: { item: problem.feeItemName } });
    case 'too-much':
      return paymentErrors.REFUND_TOO_MUCH({
        values: { item: problem.feeItemName, left: yuanText(problem.leftFen) },
      });
    case 'too-late':
      return paymentErrors.REFUND_TOO_LATE({
        values: { channel: problem.label, days: problem.days },
      });
    case 'only-whole':
      return paymentErrors.REFUND_ONLY_WHOLE({
        values: { channel: problem.label, amount: yuanText(problem.orderAmountFen) },
      });
  }
}
