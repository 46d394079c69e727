/** 437 → "4.37" */
export function averageText(hundredths: number | null): string | null {
  if (hundredths === null) return null;
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}
