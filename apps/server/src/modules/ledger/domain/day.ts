const dayMs = 86_400_000;

/** "2026-12-01" → "2026-11-30". */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);
}
