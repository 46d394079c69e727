import { type AmountInputs, readRounding } from '../../charging/index.ts';

/** The columns of a bill that its amount was worked out from. */
export interface InputColumns {
  readonly areaM2: string | null;
  readonly price: string;
  readonly surcharge: string;
  readonly months: number;
  /** "half-up/fen/period" */
  readonly rounding: string;
}

export function inputsOf(columns: InputColumns): AmountInputs {
  return { ...columns, rounding: readRounding(columns.rounding) };
}
