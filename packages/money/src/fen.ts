declare const unit: unique symbol;
/** Renminbi in fen, 100 to the yuan; signed, whole, within the safe integers. */
export type Fen = number & { readonly [unit]: 'fen' };

/** @throws RangeError if the value is not a whole number within the safe integers */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not whole fen: ${value}`);
  return (value === 0 ? 0 : value) as Fen;
}

/** @throws RangeError if the total leaves the safe integers */
export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0;
  for (const amount of amounts) total = fen(total + amount);
  return fen(total);
}

export function subtract(from: Fen, amount: Fen): Fen {
  return fen(from - amount);
}
