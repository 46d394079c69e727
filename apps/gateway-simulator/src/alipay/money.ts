/** Fen as yuan with two decimals: the way amounts stand on the wire. */
export function yuanText(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fen of an amount in yuan, 0.01 to 100,000,000; undefined when it is none. */
export function fenOf(text: unknown): number | undefined {
  const found = typeof text === 'string' ? /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text) : null;
  if (found === null) return undefined;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return fen >= 1 && fen <= 10_000_000_000 ? fen : undefined;
}

/** Fen of a fee, rounded half up. */
export function feeOf(amountFen: number, rateBp: number): number {
  return Math.floor((amountFen * rateBp + 5_000) / 10_000);
}

/** Fen for people: ¥ and thousands separators. */
export function shownYuan(fen: number): string {
  const [whole = '0', rest = '00'] = yuanText(fen).split('.');
  return `¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
}
