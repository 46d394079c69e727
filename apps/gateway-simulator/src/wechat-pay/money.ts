/** Fen as yuan with two decimals and thousands separators. */
export function yuan(totalFen: number): string {
  const whole = Math.trunc(totalFen / 100).toString();
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${separated}.${String(totalFen % 100).padStart(2, '0')}`;
}
