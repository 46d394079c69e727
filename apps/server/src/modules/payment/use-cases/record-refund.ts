import type { BillEffect, RefundKind } from '@wuye-pay/contract';
import { type Fen, fen } from '@wuye-pay/money';
import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import type { PaymentDeps } from '../deps.ts';
import { refundNameOf } from '../domain/case-no.ts';
import type { RefundContent, RefundLine } from '../domain/refund.ts';
import { refundSendMs } from '../limits.ts';
import { companyOf } from '../queries/companies.ts';
import type { RefundableOrder } from '../queries/refund-order.ts';
import { sealOf } from '../refund-seal.ts';
import { releaseCase, reserveCase } from '../store/case-store.ts';
import type { LockedPayment } from '../store/payment-store.ts';
import {
  insertRefundAttempt,
  type RefundAttempt,
  refundAttemptsOf,
} from '../store/refund-attempt-store.ts';
import { insertRefund, moveReservation, recordRefundChange } from '../store/refund-store.ts';
import { reserveTopUp } from './move-top-up.ts';
import type { RefundSituation } from './refund-situation.ts';

export interface RefundDraft {
  readonly kind: RefundKind;
  readonly order: RefundableOrder;
  readonly paymentId: string | null;
  readonly caseId: string | null;
  readonly adoptedCaseId: string | null;
  readonly policyId: string | null;
  readonly communityId: string | null;
  readonly unitId: string | null;
  readonly lines: readonly RefundLine[];
  readonly amountFen: Fen;
  /** Of it out of the balance of the payment's unit. */
  readonly topUp?: { readonly amountFen: Fen; readonly payment: LockedPayment } | undefined;
  readonly billEffect: BillEffect | null;
  readonly reason: string;
  readonly actor: Actor;
}

/** Writes down what is asked for and reserves it; the caller holds the locks and has checked. */
export async function recordRefund(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  draft: RefundDraft,
): Promise<string> {
  const now = deps.clock.now();
  const id = newId(now);
  const { timeZone } = await companyOf(tx);
  const { kind, order, lines, actor, policyId, reason, communityId, unitId } = draft;
  const { paymentId, caseId, adoptedCaseId, amountFen, billEffect } = draft;
  const { product, orderRequestedAt, paidAt, ...route } = order;
  const subject = { id, kind, paymentId, caseId, adoptedCaseId };
  const topUpFen = draft.topUp?.amountFen ?? fen(0);
  const content: RefundContent = { ...subject, ...route, amountFen, topUpFen, billEffect, reason };
  await insertRefund(
    tx,
    {
      ...content,
      product,
      orderRequestedAt,
      paidAt,
      policyId,
      communityId,
      unitId,
      refundName: refundNameOf(dayOf(now, timeZone), id),
      contentSha256: sealOf(content, lines),
      requestedById: actor.kind === 'staff' ? actor.id : null,
      requestedBy: actor.name,
      requestedAt: now,
    },
    lines,
  );
  await moveReservation(tx, lines, 'reserve');
  await reserveTopUp(tx, content, draft.topUp?.payment, 'reserve');
  for (const each of [caseId, adoptedCaseId]) if (each !== null) await reserveCase(tx, each, id);
  const why = policyId === null ? 'requested' : 'policy';
  await Promise.all([
    recordRefundChange(tx, now, {
      id: newId(now),
      refundId: id,
      attemptId: null,
      from: null,
      to: 'requested',
      reason: why,
      note: reason,
      actor: actor.name,
    }),
    recordAudit(tx, deps.clock, {
      actor,
      action: 'payment.request_refund',
      subjectKind: 'refund',
      subjectId: id,
      detail: { kind, paymentId, caseId, amountFen, billEffect, reason },
    }),
  ]);
  return id;
}

/** Ends the reservation of lines and cases: the money may be asked for again. */
export async function releaseReservation(
  tx: Tx,
  { refund, lines, payment }: Pick<RefundSituation, 'refund' | 'lines' | 'payment'>,
): Promise<void> {
  await moveReservation(tx, lines, 'release');
  await reserveTopUp(tx, refund, payment, 'release');
  for (const each of [refund.caseId, refund.adoptedCaseId]) {
    if (each !== null) await releaseCase(tx, each, refund.id);
  }
}

/** A number for the channel, recorded before it is sent. The sweep sends what a crash left. */
export async function beginAttempt(
  tx: Tx,
  deps: Pick<PaymentDeps, 'clock'>,
  refundId: string,
): Promise<RefundAttempt> {
  const requestedAt = deps.clock.now();
  const [{ shortCode }, before] = await Promise.all([
    companyOf(tx),
    refundAttemptsOf(tx, refundId),
  ]);
  const id = newId(after(before.at(-1), requestedAt));
  const attempt = { id, refundId, refundNo: orderNoOf(shortCode, id), requestedAt };
  const nextCheckAt = new Date(requestedAt.getTime() + refundSendMs);
  await insertRefundAttempt(tx, { ...attempt, nextCheckAt });
  return { ...attempt, state: 'requested', sends: 0, lastAnswer: null };
}

/** Numbers sort by age through their ids, also when the clock stepped back between two of them. */
function after(last: Pick<RefundAttempt, 'id'> | undefined, now: Date): Date {
  if (!last) return now;
  const lastMs = Number.parseInt(last.id.replace('-', '').slice(0, 12), 16);
  return new Date(Math.max(now.getTime(), lastMs + 1));
}
