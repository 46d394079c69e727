const BEIJING_MS = 8 * 3600_000;

/** `yyyy-MM-dd HH:mm:ss` in Beijing, as Alipay writes every instant. */
export function beijingText(atMs: number): string {
  return new Date(atMs + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd` in Beijing. */
export function beijingDay(atMs: number): string {
  return beijingText(atMs).slice(0, 10);
}

/** ms since 1970 of `yyyy-MM-dd HH:mm:ss` in Beijing; undefined when it is no such text. */
export function instantOf(text: string): number | undefined {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  if (found === null) return undefined;
  const at = Date.parse(`${found[1]}T${found[2]}+08:00`);
  return Number.isNaN(at) || beijingText(at) !== text ? undefined : at;
}

/** ms since 1970 at which a day begins in Beijing; undefined when it is no day. */
export function startOfDay(day: string): number | undefined {
  return instantOf(`${day} 00:00:00`);
}

export const DAY_MS = 86_400_000;
