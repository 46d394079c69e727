import { decimal, type RoundingMode, type RoundingUnit } from '@wuye-pay/money';
import type { Problem } from '../../../platform/errors.ts';
import type { AmountInputs, AreaBasis, RoundingPoint } from './terms.ts';

/** All that decides the amounts of a tariff version. */
export interface TariffTerms {
  readonly price: string;
  readonly basis: 'area' | 'fixed';
  readonly areaBasis: AreaBasis | null;
  readonly surcharge: string;
  readonly periodMonths: number;
  readonly anchorMonth: number;
  readonly roundingMode: RoundingMode;
  readonly roundingUnit: RoundingUnit;
  readonly roundingPoint: RoundingPoint;
  readonly dueDay: number;
}

/** What a form sends: everything but basis and price has a usual value. */
export type GivenTerms = Pick<TariffTerms, 'basis' | 'price'> & {
  readonly [Key in Exclude<keyof TariffTerms, 'basis' | 'price'>]?: TariffTerms[Key] | undefined;
};

/** Yuan; tariff_price_bounded holds it in the database. */
const maxPrice = 10_000_000n;

export function completeTerms(given: GivenTerms): TariffTerms {
  return {
    basis: given.basis,
    areaBasis: given.areaBasis ?? null,
    price: given.price,
    surcharge: given.surcharge ?? '0',
    periodMonths: given.periodMonths ?? 1,
    anchorMonth: given.anchorMonth ?? 1,
    roundingMode: given.roundingMode ?? 'half-up',
    roundingUnit: given.roundingUnit ?? 'fen',
    roundingPoint: given.roundingPoint ?? 'period',
    dueDay: given.dueDay ?? 25,
  };
}

/** What is wrong with the terms, field by field. */
export function problemsOf(terms: TariffTerms): Problem[] {
  const problems: Problem[] = [];
  if (terms.basis === 'area' && terms.areaBasis === null) {
    problems.push({ field: 'areaBasis', reason: '按面积计费时请选择面积口径' });
  }
  if (terms.basis === 'fixed' && terms.areaBasis !== null) {
    problems.push({ field: 'areaBasis', reason: '固定金额不使用面积，请去掉面积口径' });
  }
  for (const field of ['price', 'surcharge'] as const) {
    if (exceeds(terms[field], maxPrice)) {
      problems.push({ field, reason: '不能超过 10000000 元' });
    }
  }
  if (isZero(terms.price) && isZero(terms.surcharge)) {
    problems.push({ field: 'price', reason: '单价与附加费不能都为 0' });
  }
  return problems;
}

/** The inputs of one amount. @param areaM2 of the tariff's basis; ignored when fixed */
export function inputsFor(terms: TariffTerms, areaM2: string | null): AmountInputs {
  return {
    areaM2: terms.basis === 'area' ? areaM2 : null,
    price: terms.price,
    surcharge: terms.surcharge,
    months: terms.periodMonths,
    rounding: {
      mode: terms.roundingMode,
      unit: terms.roundingUnit,
      point: terms.roundingPoint,
    },
  };
}

function exceeds(amount: string, limit: bigint): boolean {
  const { digits, scale } = decimal(amount);
  return digits > limit * 10n ** BigInt(scale);
}

function isZero(amount: string): boolean {
  return decimal(amount).digits === 0n;
}
