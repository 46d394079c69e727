/** Prices have at most four decimals, so the product is exact. @returns "0.135" */
export function multiplied(unitPriceYuan: string, count: number): string {
  const [whole = '0', decimals = ''] = unitPriceYuan.split('.');
  const parts = BigInt(whole + decimals.padEnd(4, '0').slice(0, 4)) * BigInt(count);
  const text = parts.toString().padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, '') || '0';
}
