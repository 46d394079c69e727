/** What somebody typed as yuan, "12.34" or "1,200", in fen; undefined for anything else. */
export function fenOf(text: string): number | undefined {
  const match = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(
    text.replace(/[,，\s¥￥元]/g, '').replace('。', '.'),
  );
  if (!match) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** "12.34" of fen, to be changed in a field. */
export function yuanOf(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
