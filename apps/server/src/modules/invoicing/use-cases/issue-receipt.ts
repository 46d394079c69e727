import { randomBytes } from 'node:crypto';
import { type Fen, fen, sum } from '@wuye-pay/money';
import type { Actor } from '../../../platform/actor.ts';
import { makeCheckedCode } from '../../../platform/checked-code.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { servicePhoneOfUnit } from '../../estate/index.ts';
import { channelWords, type PaymentStateView, paymentState } from '../../payment/index.ts';
import {
  type Receipt,
  type ReceiptFacts,
  type ReceiptToday,
  receiptNoOf,
} from '../domain/receipt.ts';
import { invoicingErrors } from '../errors.ts';
import {
  type CompanyFacts,
  companyFacts,
  ownerOf,
  receiptOfPayment,
  type SettledLine,
  settledLines,
} from '../queries/receipts.ts';
import { insertReceipt } from '../store/receipt-store.ts';

/**
 * The receipt of a paid payment, made when somebody first asks. Whoever asks must have been allowed
 * to see the payment before.
 * @throws NOT_FOUND, RECEIPT_NOT_YET, RECEIPT_OF_NOTHING
 */
export async function issueReceipt(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { paymentId, by }: { readonly paymentId: string; readonly by: Pick<Actor, 'kind' | 'id'> },
): Promise<ReceiptToday> {
  const lines = await settledLines(tx, paymentId);
  const known = await receiptOfPayment(tx, paymentId);
  if (known) return today(known, lines);
  const payment = await paymentState(tx, paymentId);
  if (!payment) throw platformErrors.NOT_FOUND();
  if (payment.state !== 'paid' || !payment.paidAt) throw invoicingErrors.RECEIPT_NOT_YET();
  if (lines.length === 0) throw invoicingErrors.RECEIPT_OF_NOTHING();
  const made = await make(tx, deps, { payment, paidAt: payment.paidAt, lines });
  await insertReceipt(tx, { ...made, issuedBy: `${by.kind}/${by.id}` });
  const first = await receiptOfPayment(tx, paymentId);
  if (!first) throw new Error('a receipt was not kept');
  return today(first, lines);
}

/** What the books say of a receipt now. */
export function today(receipt: Receipt, lines: readonly SettledLine[]): ReceiptToday {
  const refundedFen = total(lines.map((line) => line.refundedFen));
  const agrees = total(lines.map((line) => line.settledFen)) === receipt.amountFen;
  return { ...receipt, refundedFen, agrees };
}

async function make(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  paid: {
    readonly payment: PaymentStateView;
    readonly paidAt: Date;
    readonly lines: readonly SettledLine[];
  },
): Promise<Receipt> {
  const { payment, paidAt, lines } = paid;
  const { paymentId } = payment;
  const company = await companyFacts(tx);
  const day = dayOf(paidAt, company.timeZone);
  const ownerMasked = await ownerOf(tx, payment.unitId, day);
  const service = await servicePhoneOfUnit(tx, payment.unitId);
  const issuedAt = deps.clock.now();
  return {
    id: newId(issuedAt),
    paymentId,
    receiptNo: receiptNoOf(day, paymentId),
    checkCode: makeCheckedCode(company.shortCode, randomBytes(16)),
    amountFen: total(lines.map((line) => line.settledFen)),
    facts: {
      ...factsOf(payment, lines),
      ...placeOf(company, paidAt),
      ownerMasked,
      ...(service && { servicePhone: service.phone }),
    },
    issuedAt,
  };
}

function factsOf(payment: PaymentStateView, lines: readonly SettledLine[]) {
  return {
    communityName: [...new Set(lines.map((line) => line.communityName))].join('、'),
    unitLabels: [...new Set(lines.map((line) => line.unitLabel))],
    method: channelWords(payment.channel),
    paymentNo: payment.orderNo ?? payment.paymentId,
    tradeNo: payment.tradeNo,
    lines: lines.map(({ feeItemName, unitLabel, periodStart, periodEnd, settledFen }) => ({
      ...{ feeItemName, unitLabel, periodStart, periodEnd },
      amountFen: settledFen,
    })),
  } satisfies Partial<ReceiptFacts>;
}

function placeOf({ name, timeZone }: CompanyFacts, paidAt: Date) {
  return { companyName: name, paidAt: instantText(paidAt, timeZone) };
}

/** "2026-11-24 18:00:05" in the company's time zone. */
function instantText(at: Date, timeZone: string): string {
  const style = { dateStyle: 'short', timeStyle: 'medium' } as const;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...style }).format(at);
}

function total(amounts: readonly number[]): Fen {
  return sum(amounts.map((amount) => fen(amount)));
}
