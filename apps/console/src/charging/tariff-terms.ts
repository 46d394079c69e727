import type { Body } from '../api/client.ts';
import type { Tariff } from './TariffsPage.tsx';

export const bases = ['area', 'fixed'] as const;
export const areaBases = ['built', 'inner', 'chargeable'] as const;
export const periods = [1, 2, 3, 4, 6, 12] as const;
export const roundingModes = ['half-up', 'half-even', 'up', 'down'] as const;
export const roundingUnits = ['fen', 'jiao', 'yuan'] as const;
export const roundingPoints = ['period', 'month'] as const;
/** Every month has it. */
export const lastDueDay = 28;

type NewTariff = Body<'POST /api/tariffs'>;

export interface TariffValues {
  readonly feeItemId: string;
  readonly name: string;
  readonly basis: (typeof bases)[number];
  readonly areaBasis?: (typeof areaBases)[number];
  readonly price: string;
  readonly surcharge?: string;
  readonly periodMonths: (typeof periods)[number];
  readonly anchorMonth: number;
  readonly roundingMode: (typeof roundingModes)[number];
  readonly roundingUnit: (typeof roundingUnits)[number];
  readonly roundingPoint: (typeof roundingPoints)[number];
  readonly dueDay: number;
  readonly effectiveFrom: string;
}

export const usualTerms: Partial<TariffValues> = {
  basis: 'area',
  areaBasis: 'built',
  periodMonths: 1,
  anchorMonth: 1,
  roundingMode: 'half-up',
  roundingUnit: 'fen',
  roundingPoint: 'period',
  dueDay: 25,
};

const decimal = /^\d{1,12}(\.\d{1,6})?$/;

export function isDecimal(text: string | undefined): boolean {
  return text !== undefined && decimal.test(text.trim());
}

/** What the server works an amount out from; undefined until the form says enough. */
export function termsOf(
  values: Partial<TariffValues>,
): Omit<NewTariff, 'feeItemId' | 'name' | 'effectiveFrom'> | undefined {
  const { basis, areaBasis, price, surcharge, ...rounding } = values;
  if (basis === undefined || price === undefined || !isDecimal(price)) return undefined;
  if (basis === 'area' && areaBasis === undefined) return undefined;
  if (surcharge?.trim() && !isDecimal(surcharge)) return undefined;
  const { periodMonths, anchorMonth, roundingMode, roundingUnit, roundingPoint, dueDay } = rounding;
  return {
    basis,
    areaBasis: basis === 'area' && areaBasis !== undefined ? areaBasis : null,
    price: price.trim(),
    ...(surcharge?.trim() && { surcharge: surcharge.trim() }),
    ...(periodMonths !== undefined && { periodMonths }),
    ...(anchorMonth !== undefined && { anchorMonth }),
    ...(roundingMode !== undefined && { roundingMode }),
    ...(roundingUnit !== undefined && { roundingUnit }),
    ...(roundingPoint !== undefined && { roundingPoint }),
    ...(dueDay !== undefined && { dueDay }),
  };
}

/** A new version starts from the terms of the one before. */
export function valuesOf(tariff: Tariff): Partial<TariffValues> {
  const { areaBasis, periodMonths, ...rest } = tariff;
  const period = periods.find((months) => months === periodMonths);
  return {
    feeItemId: rest.feeItemId,
    name: rest.name,
    basis: rest.basis,
    ...(areaBasis && { areaBasis }),
    price: trimZeros(rest.price),
    surcharge: trimZeros(rest.surcharge),
    ...(period !== undefined && { periodMonths: period }),
    anchorMonth: rest.anchorMonth,
    roundingMode: rest.roundingMode,
    roundingUnit: rest.roundingUnit,
    roundingPoint: rest.roundingPoint,
    dueDay: rest.dueDay,
  };
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
