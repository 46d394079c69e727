import type { BillEffect } from '@wuye-pay/contract';
import { type Fen, fen, sum, yuanText } from '@wuye-pay/money';
import type { StaffActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { once } from '../../../platform/idempotency.ts';
import type { PaymentDeps } from '../deps.ts';
import { problemsOf } from '../domain/refund-rules.ts';
import { paymentErrors } from '../errors.ts';
import {
  orderOfCase,
  orderOfPayment,
  type RefundableOrder,
  settledLinesOf,
} from '../queries/refund-order.ts';
import { paymentOfCase } from '../queries/suspense.ts';
import { type LockedCase, lockCases } from '../store/case-store.ts';
import { type LockedPayment, lockPayment } from '../store/payment-store.ts';
import { checkFree, type FreeCase, freeCase } from './free-case.ts';
import { type RefundDraft, recordRefund } from './record-refund.ts';
import { errorOf, rulesOf } from './request-refund.ts';

type CaseDeps = Pick<PaymentDeps, 'db' | 'clock'>;

export interface CaseRefundRequest {
  readonly actor: StaffActor;
  readonly caseId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Asks to give all that is left of a case back by the way it came.
 * @throws CASE_NOT_FOUND, CASE_NOT_FREE, CASE_WRONG_DIRECTION, CASE_IN_DOUBT, REFUND_TOO_LATE,
 *   REFUND_ONLY_WHOLE
 */
export async function requestCaseRefund(
  deps: CaseDeps,
  { actor, caseId, reason, idempotencyKey }: CaseRefundRequest,
): Promise<{ refundId: string }> {
  const request = { caseId, reason, by: actor.id };
  const scope = 'payment.refund-case';
  return await deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope, key: idempotencyKey, request }, async () => {
      const free = await freeCase(tx, caseId, 'in');
      const draft = await draftOfCase(tx, deps, free);
      return { refundId: await recordRefund(tx, deps, { ...draft, reason, actor }) };
    }),
  );
}

/** What the refund of a whole case says; people and the standing policy ask for the same. */
export async function draftOfCase(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  { locked, payment }: FreeCase,
): Promise<Omit<RefundDraft, 'reason' | 'actor'>> {
  const order = await orderOfCase(tx, locked.id);
  if (!order) throw paymentErrors.CASE_NOT_FREE();
  checkChannel(deps, order, locked.leftFen);
  return {
    kind: 'case',
    order,
    paymentId: locked.paymentId,
    caseId: locked.id,
    adoptedCaseId: null,
    policyId: null,
    communityId: payment?.communityId ?? null,
    unitId: payment?.unitId ?? null,
    lines: [],
    amountFen: locked.leftFen,
    billEffect: null,
  };
}

function checkChannel(
  deps: Pick<PaymentDeps, 'clock'>,
  order: RefundableOrder,
  amountFen: Fen,
): void {
  const billId = 'case';
  const line = { allocationId: null, billId, unitId: '', feeItemName: '', settledFen: amountFen };
  const [problem] = problemsOf({
    lines: [{ ...line, reservedFen: fen(0), refundedFen: fen(0) }],
    wanted: [{ billId, amountFen }],
    orderAmountFen: order.orderAmountFen,
    paidAt: order.paidAt,
    now: deps.clock.now(),
    channel: rulesOf(order),
  });
  if (problem) throw errorOf(problem);
}

export interface AdoptionRequest extends CaseRefundRequest {
  /** What the money was for that went back without us. */
  readonly of:
    | {
        readonly paymentId: string;
        readonly lines: readonly { readonly billId: string; readonly amountFen: number }[];
        readonly billEffect: BillEffect;
      }
    | { readonly caseId: string };
}

/**
 * Says what money was for that left us unasked. Nothing more is refunded; once another person
 * approves, bills and books follow.
 * @throws CASE_NOT_FOUND, CASE_NOT_FREE, CASE_WRONG_DIRECTION, CASE_AMOUNT_DIFFERS,
 *   PAYMENT_NOT_FOUND, PAYMENT_NOT_REFUNDABLE, REFUND_TOO_MUCH
 */
export async function requestAdoption(
  deps: CaseDeps,
  { actor, caseId, reason, idempotencyKey, of }: AdoptionRequest,
): Promise<{ refundId: string }> {
  const request = { caseId, reason, of, by: actor.id };
  const scope = 'payment.adopt-refund';
  return await deps.db.transaction(actor.companyId, (tx) =>
    once(tx, deps.clock, { scope, key: idempotencyKey, request }, async () => {
      const draft =
        'paymentId' in of
          ? await adoptionOfPayment(tx, caseId, of)
          : await adoptionOfCase(tx, caseId, of.caseId);
      return { refundId: await recordRefund(tx, deps, { ...draft, reason, actor }) };
    }),
  );
}

async function adoptionOfPayment(
  tx: Tx,
  caseId: string,
  of: Extract<AdoptionRequest['of'], { paymentId: string }>,
): Promise<Omit<RefundDraft, 'reason' | 'actor'>> {
  const payment = await lockPayment(tx, of.paymentId);
  if (!payment) throw paymentErrors.PAYMENT_NOT_FOUND();
  const [out] = await lockCases(tx, [caseId]);
  if (!out) throw paymentErrors.CASE_NOT_FOUND();
  await checkFree(tx, out, 'out');
  if (payment.state !== 'paid') throw paymentErrors.PAYMENT_NOT_REFUNDABLE();
  checkSame(out.leftFen, sum(of.lines.map(({ amountFen }) => fen(amountFen))));
  const lines = await linesOf(tx, payment, of.lines);
  return {
    ...adopted(await orderOfPayment(tx, payment.id), out, payment),
    paymentId: payment.id,
    caseId: null,
    lines,
    billEffect: of.billEffect,
  };
}

async function adoptionOfCase(
  tx: Tx,
  outId: string,
  inId: string,
): Promise<Omit<RefundDraft, 'reason' | 'actor'>> {
  const of = await paymentOfCase(tx, inId);
  if (!of) throw paymentErrors.CASE_NOT_FOUND();
  const payment = of.paymentId === null ? undefined : await lockPayment(tx, of.paymentId);
  const cases = await lockCases(tx, [outId, inId]);
  const out = cases.find(({ id }) => id === outId);
  const into = cases.find(({ id }) => id === inId);
  if (!out || !into) throw paymentErrors.CASE_NOT_FOUND();
  await checkFree(tx, out, 'out');
  await checkFree(tx, into, 'in');
  checkSame(out.leftFen, into.leftFen);
  const order = await orderOfCase(tx, inId);
  if (!order) throw paymentErrors.CASE_NOT_FREE();
  return {
    ...adopted(order, out, payment),
    paymentId: of.paymentId,
    caseId: inId,
    lines: [],
    billEffect: null,
  };
}

function adopted(order: RefundableOrder, out: LockedCase, payment: LockedPayment | undefined) {
  return {
    kind: 'adopted',
    order,
    adoptedCaseId: out.id,
    policyId: null,
    communityId: payment?.communityId ?? null,
    unitId: payment?.unitId ?? null,
    amountFen: out.leftFen,
  } as const;
}

async function linesOf(
  tx: Tx,
  payment: LockedPayment,
  wanted: readonly { readonly billId: string; readonly amountFen: number }[],
): Promise<RefundDraft['lines']> {
  const lines = await settledLinesOf(tx, payment.id);
  // It has gone back already: the channel's own limits are of no interest any more.
  const asked = { lines, wanted, orderAmountFen: payment.amountFen, channel: undefined };
  const never = new Date(0);
  const [problem] = problemsOf({ ...asked, paidAt: never, now: never });
  if (problem) throw errorOf(problem);
  const allocations = new Map(lines.map((line) => [line.billId, line.allocationId]));
  return wanted.map(({ billId, amountFen }) => ({
    billId,
    amountFen: fen(amountFen),
    allocationId: allocations.get(billId) ?? '',
  }));
}

function checkSame(expected: Fen, given: Fen): void {
  if (expected === given) return;
  throw paymentErrors.CASE_AMOUNT_DIFFERS({
    values: { expected: yuanText(expected), given: yuanText(given) },
  });
}
