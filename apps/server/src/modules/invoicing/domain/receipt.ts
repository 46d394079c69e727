import type { Fen } from '@wuye-pay/money';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One bill that the money settled, wholly or in part. */
export interface ReceiptLine {
  readonly feeItemName: string;
  readonly unitLabel: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly amountFen: Fen;
}

/** What a receipt says, frozen when it is issued. */
export interface ReceiptFacts {
  readonly companyName: string;
  readonly communityName: string;
  readonly unitLabels: readonly string[];
  readonly ownerMasked: string | null;
  /** Whom to call about it, as it was on that day; receipts of before have none. */
  readonly servicePhone?: string;
  readonly method: Words;
  /** In the company's time zone, "2026-11-24 18:00:05". */
  readonly paidAt: string;
  readonly paymentNo: string;
  readonly tradeNo: string | null;
  readonly lines: readonly ReceiptLine[];
}

export interface Receipt {
  readonly id: string;
  readonly paymentId: string;
  readonly receiptNo: string;
  readonly checkCode: string;
  readonly amountFen: Fen;
  readonly facts: ReceiptFacts;
  readonly issuedAt: Date;
}

/** A receipt with what the books say today. */
export interface ReceiptToday extends Receipt {
  /** Given back of what it confirms. */
  readonly refundedFen: Fen;
  /** False only if somebody changed the books or the receipt behind our back. */
  readonly agrees: boolean;
}

/**
 * `SJ20261124-7K3M9QXD`: the day and eight letters of the payment's own id, so that the same
 * payment has the same number, and nobody can count a company's payments by it.
 */
export function receiptNoOf(day: string, paymentId: string): string {
  const tail = BigInt(`0x${paymentId.replaceAll('-', '').slice(-10)}`);
  const letters = Array.from({ length: 8 }, (_, place) => {
    const digit = Number((tail >> BigInt(5 * place)) & 31n);
    return '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[digit] ?? '0';
  });
  return `SJ${day.replaceAll('-', '')}-${letters.reverse().join('')}`;
}
