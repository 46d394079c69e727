import { type Fen, fen, sum } from '@wuye-pay/money';

/** Bills vary with meters and seasons; a limit that is met every month is no help. */
const roomFor = { debit: 1.5, month: 2 } as const;
const stepFen = 100_00;
const leastFen = 200_00;

/** Limits to offer: above what the newest bills come to, in round hundreds. */
export function suggestedLimits(newestFen: readonly Fen[]): {
  readonly suggestedDebitFen: Fen;
  readonly suggestedMonthFen: Fen;
} {
  const usual = newestFen.length > 0 ? sum(newestFen) : fen(0);
  const round = (factor: number) =>
    fen(Math.max(leastFen, Math.ceil((usual * factor) / stepFen) * stepFen));
  return { suggestedDebitFen: round(roomFor.debit), suggestedMonthFen: round(roomFor.month) };
}
