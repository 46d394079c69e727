/** The day of an area that, as far as is known, has always been so. */
export const alwaysOn = '1900-01-01';

/** Square metres as exact decimals; null where unknown. */
export interface Areas {
  readonly builtM2: string | null;
  readonly innerM2: string | null;
  readonly chargeableM2: string | null;
}
