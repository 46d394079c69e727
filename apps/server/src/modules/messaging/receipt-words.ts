/** R and T are the answers that operators name; TD and N are what people write as well. */
export function isRefusal(text: string): boolean {
  return /^(R|T|TD|N|退订)$/i.test(text.trim());
}

/** "2026-11-24 10:00:00" in Beijing; null for anything else. */
export function beijingTime(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const at = new Date(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}
