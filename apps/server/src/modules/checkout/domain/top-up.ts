import { type Fen, fen, yuanAmount } from '@wuye-pay/money';

export interface TopUpFacts {
  readonly balanceFen: Fen;
  readonly openFen: Fen;
  readonly monthlyFen: Fen | undefined;
  readonly ceiling: { readonly months: number; readonly source: string } | null;
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A yuan; below it the channel's fee is more than the money. */
export const leastTopUpFen = fen(1_00);
/** A shop pays a year of rent-like fees; more is a typing error. */
export const mostTopUpFen = fen(100_000_00);

const months = [3, 6, 12] as const;
/** Where nobody knows what a month costs. */
const plainFen = [100_00, 300_00, 500_00, 1000_00] as const;
const roundTo = 10_00;

/** Amounts worth offering: some months of the home's own fees, in whole tens of yuan. */
export function offersOf({ monthlyFen }: Pick<TopUpFacts, 'monthlyFen'>) {
  if (!monthlyFen) {
    return plainFen.map((amount) => {
      const amountFen = fen(amount);
      const text = yuanAmount(amountFen);
      return { amountFen, label: { zh: text, en: text } };
    });
  }
  return months.flatMap((count) => {
    const amountFen = fen(Math.ceil((monthlyFen * count) / roundTo) * roundTo);
    const label = { zh: `约 ${count} 个月`, en: `about ${count} months` };
    return amountFen <= mostTopUpFen ? [{ amountFen, label }] : [];
  });
}

export function ceilingFenOf({ ceiling, monthlyFen }: Pick<TopUpFacts, 'ceiling' | 'monthlyFen'>) {
  return ceiling && monthlyFen ? fen(ceiling.months * monthlyFen) : undefined;
}

/** What somebody looked up says how much may be paid ahead; it is said, and nothing is refused. */
export function ceilingWarning(facts: TopUpFacts, amountFen: Fen): Words | undefined {
  const { ceiling, balanceFen } = facts;
  const mostFen = ceilingFenOf(facts);
  if (!ceiling || mostFen === undefined || balanceFen + amountFen <= mostFen) return undefined;
  const most = yuanAmount(mostFen);
  return {
    zh: `按${ceiling.source}，预存以 ${ceiling.months} 个月的费用为限（约 ${most}），这次会超过`,
    en: `By ${ceiling.source}, ${ceiling.months} months of fees (about ${most}) may be paid ahead; this is more`,
  };
}
