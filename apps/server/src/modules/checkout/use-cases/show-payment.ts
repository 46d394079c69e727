import type { CheckoutPaymentDetail, CheckoutStateView, PaymentDetail } from '@wuye-pay/contract';
import { fen, yuanAmount } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { platformErrors } from '../../../platform/errors.ts';
import {
  channelWords,
  type PaymentStateView,
  paymentDetail,
  paymentState,
} from '../../payment/index.ts';
import { homesOf } from '../../resident/index.ts';
import type { CheckoutDeps } from '../deps.ts';
import { payerKeyOf } from '../domain/payer-key.ts';
import { closedText } from '../domain/words.ts';
import { companyOf } from '../queries/company.ts';
import { labelsOf } from '../queries/history.ts';

interface PaymentInput {
  readonly actor: ResidentActor;
  readonly paymentId: string;
}

export interface SeenPayment {
  readonly payment: PaymentStateView;
  readonly isMine: boolean;
  /** Homes whose part of it the asker may see; all when it is their own. */
  readonly sees: (unitId: string) => boolean;
}

/** One's own payment, or one for a home of which more than open bills is seen. @throws NOT_FOUND */
export async function seenPayment(
  tx: Tx,
  deps: CheckoutDeps,
  { actor, paymentId }: PaymentInput,
): Promise<SeenPayment> {
  const [payment, homes] = await Promise.all([
    paymentState(tx, paymentId, deps.clock.now()),
    homesOf(tx, actor.id),
  ]);
  if (!payment) throw platformErrors.NOT_FOUND();
  const isMine = payment.payerKey === payerKeyOf(actor.id);
  const inside = new Set(homes.filter(({ role }) => role !== 'payer').map(({ unitId }) => unitId));
  const sees = (unitId: string) => isMine || inside.has(unitId);
  const units = [payment.unitId, ...payment.lines.map(({ unitId }) => unitId)];
  // What others began and did not end is theirs alone.
  const isShown = isMine || (payment.state === 'paid' && units.some(sees));
  if (!isShown) throw platformErrors.NOT_FOUND();
  return { payment, isMine, sees };
}

export async function showState(
  deps: CheckoutDeps,
  input: PaymentInput,
): Promise<CheckoutStateView> {
  const { payment } = await deps.db.read(input.actor.companyId, (tx) =>
    seenPayment(tx, deps, input),
  );
  const { paymentId, state, amountFen } = payment;
  return { paymentId, state, amountFen };
}

export async function showPayment(
  deps: CheckoutDeps,
  input: PaymentInput,
): Promise<CheckoutPaymentDetail> {
  return await deps.db.read(input.actor.companyId, async (tx) => {
    const seen = await seenPayment(tx, deps, input);
    const { payment, isMine } = seen;
    const [detail, company, lines] = await Promise.all([
      paymentDetail(tx, input.paymentId),
      companyOf(tx),
      linesOf(tx, seen),
    ]);
    if (!detail) throw platformErrors.NOT_FOUND();
    const total = (of: 'amountFen' | 'refundedFen') =>
      lines.reduce((all, line) => all + line[of], 0);
    const keptFen = keptOf(detail);
    return {
      paymentId: payment.paymentId,
      kind: payment.topUpFen > 0 ? 'top-up' : 'payment',
      state: payment.state,
      amountFen: isMine ? payment.amountFen : total('amountFen'),
      refundedFen: total('refundedFen'),
      createdAt: payment.createdAt.toISOString(),
      paidAt: payment.paidAt?.toISOString() ?? null,
      expiresAt: payment.expiresAt.toISOString(),
      isMine,
      companyName: company.name,
      way: channelWords(payment.channel),
      orderNo: payment.orderNo,
      tradeNo: isMine ? payment.tradeNo : null,
      lines,
      steps: isMine ? stepsOf(detail, payment) : [],
      keptFen: isMine && keptFen > 0 ? keptFen : null,
    };
  });
}

async function linesOf(
  tx: Tx,
  { payment, sees }: SeenPayment,
): Promise<CheckoutPaymentDetail['lines']> {
  const { unitId: home, topUpFen, topUpRefundedFen, state } = payment;
  const units = [home, ...payment.lines.map(({ unitId }) => unitId)];
  const labels = await labelsOf(tx, [...new Set(units)]);
  const ahead = {
    unitId: home,
    label: labels.get(home) ?? '',
    billId: null,
    name: { zh: '预存', en: 'Paid ahead' },
    periodStart: null,
    periodEnd: null,
    amountFen: topUpFen,
    settledFen: state === 'paid' ? topUpFen : 0,
    refundedFen: topUpRefundedFen,
  };
  return [
    ...payment.lines
      .filter(({ unitId }) => sees(unitId))
      .map(({ feeItemName, unitId, billId, ...line }) => ({
        unitId,
        billId,
        label: labels.get(unitId) ?? '',
        name: { zh: feeItemName, en: feeItemName },
        periodStart: line.periodStart,
        periodEnd: line.periodEnd,
        amountFen: line.amountFen,
        settledFen: line.settledFen,
        refundedFen: line.refundedFen,
      })),
    ...(topUpFen > 0 && sees(home) ? [ahead] : []),
  ];
}

/** Money of this payment that the office is still looking at. */
function keptOf({ cases }: PaymentDetail): number {
  return cases
    .filter(({ state, direction }) => state === 'open' && direction === 'in')
    .reduce((all, { leftFen }) => all + leftFen, 0);
}

type Step = CheckoutPaymentDetail['steps'][number];

/** In the words of whoever paid; the office's own page tells the rest. */
function stepsOf(detail: PaymentDetail, { state, topUpFen }: PaymentStateView): Step[] {
  const { createdAt, paidAt, closedAt, closeReason, expiresAt, cases, refunds } = detail;
  const amount = yuanAmount(fen(detail.amountFen));
  const steps: Step[] = [
    {
      at: createdAt,
      kind: 'started',
      text: { zh: `发起支付 ${amount}`, en: `Payment of ${amount} begun` },
    },
  ];
  const add = (at: string | null, kind: Step['kind'], zh: string, en: string) => {
    if (at !== null) steps.push({ at, kind, text: { zh, en } });
  };
  const done =
    topUpFen > 0
      ? { zh: '已到账，存入预存余额', en: 'Received and added to the balance' }
      : { zh: '已到账，账单已销', en: 'Received; the bills are settled' };
  add(paidAt, 'paid', done.zh, done.en);
  const closed = closedText(closeReason);
  add(closedAt, 'closed', closed.zh, closed.en);
  if (state === 'processing') {
    const en =
      'Waiting for the channel to say whether money was collected; please do not pay again';
    add(expiresAt, 'waiting', '正在等支付渠道确认，请勿重复支付', en);
  }
  for (const one of cases.filter(({ direction }) => direction === 'in')) {
    const kept = yuanAmount(fen(one.amountFen));
    const en = `${kept} could not be used for the bills; the office gives it back or settles with it`;
    add(one.openedAt, 'kept', `${kept} 未能用于账单，物业公司会退回或抵缴`, en);
  }
  for (const refund of refunds) {
    const back = yuanAmount(fen(refund.amountFen));
    if (refund.state === 'rejected' || refund.state === 'cancelled') continue;
    add(
      refund.requestedAt,
      'refund',
      `物业公司发起退款 ${back}`,
      `The office began a refund of ${back}`,
    );
    const isBack = refund.state === 'refunded';
    if (isBack)
      add(refund.endedAt, 'refund', `${back} 已原路退回`, `${back} went back the way it came`);
  }
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
