import { type Fen, fen, sum } from '@wuye-pay/money';

/** In the place of a bill: what the payment paid ahead. */
export const topUpLine = 'top-up';

/** A settled line of a payment, with what is promised and given back of it. */
export interface SettledLine {
  /** Null for money paid ahead. */
  readonly allocationId: string | null;
  /** Or `topUpLine`. */
  readonly billId: string;
  readonly unitId: string;
  readonly feeItemName: string;
  readonly settledFen: Fen;
  readonly reservedFen: Fen;
  readonly refundedFen: Fen;
}

export interface WantedLine {
  readonly billId: string;
  readonly amountFen: number;
}

export interface RefundAsk {
  readonly lines: readonly SettledLine[];
  readonly wanted: readonly WantedLine[];
  /** What the whole order was for. */
  readonly orderAmountFen: Fen;
  readonly paidAt: Date;
  readonly now: Date;
  /** What the channel takes; undefined when a person pays out. */
  readonly channel:
    | { readonly refundDays: number; readonly partialRefunds: boolean; readonly label: string }
    | undefined;
}

export type RefundProblem =
  | { readonly kind: 'line-unknown' }
  | { readonly kind: 'line-twice'; readonly feeItemName: string }
  | { readonly kind: 'too-much'; readonly feeItemName: string; readonly leftFen: Fen }
  | { readonly kind: 'too-late'; readonly label: string; readonly days: number }
  | { readonly kind: 'only-whole'; readonly label: string; readonly orderAmountFen: Fen };

const dayMs = 86_400_000;

export function leftOf({ settledFen, reservedFen, refundedFen }: SettledLine): Fen {
  return fen(settledFen - reservedFen - refundedFen);
}

/** All that stands in the way of a refund; empty when nothing does. */
export function problemsOf(ask: RefundAsk): RefundProblem[] {
  return [...lineProblems(ask), ...channelProblems(ask)];
}

function lineProblems({ lines, wanted }: RefundAsk): RefundProblem[] {
  const byBill = new Map(lines.map((line) => [line.billId, line]));
  const seen = new Set<string>();
  return wanted.flatMap(({ billId, amountFen }): RefundProblem[] => {
    const line = byBill.get(billId);
    if (!line) return [{ kind: 'line-unknown' }];
    const { feeItemName } = line;
    if (seen.has(billId)) return [{ kind: 'line-twice', feeItemName }];
    seen.add(billId);
    const leftFen = leftOf(line);
    return amountFen > leftFen ? [{ kind: 'too-much', feeItemName, leftFen }] : [];
  });
}

function channelProblems({ channel, wanted, orderAmountFen, paidAt, now }: RefundAsk) {
  if (!channel) return [];
  const { refundDays: days, partialRefunds, label } = channel;
  const problems: RefundProblem[] = [];
  if (now.getTime() - paidAt.getTime() > days * dayMs) {
    problems.push({ kind: 'too-late', label, days });
  }
  const amountFen = sum(wanted.map((line) => fen(line.amountFen)));
  if (!partialRefunds && amountFen !== orderAmountFen) {
    problems.push({ kind: 'only-whole', label, orderAmountFen });
  }
  return problems;
}
