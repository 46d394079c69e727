const hourMs = 3_600_000;

export interface Cap {
  readonly purpose: string;
  readonly most: number;
  readonly hours: number;
}

/** An owner with three homes is told of each; more than that a day is a nuisance. */
export const defaultCaps: readonly Cap[] = [
  { purpose: 'reminder', most: 3, hours: 24 },
  { purpose: 'feedback', most: 20, hours: 24 },
];

export const defaultQuiet = { from: '21:00', to: '08:00' } as const;

/**
 * When a message of the purpose may leave: now, or when the oldest that counts leaves a window.
 * @param released when others of the purpose left to the same person, in any order
 */
export function freeAt(
  caps: readonly Cap[],
  purpose: string,
  released: readonly Date[],
  now: Date,
): Date {
  let freeMs = now.getTime();
  for (const cap of caps) {
    if (cap.purpose !== purpose) continue;
    const windowMs = cap.hours * hourMs;
    const inside = released
      .map((at) => at.getTime())
      .filter((ms) => ms > now.getTime() - windowMs)
      .sort((a, b) => a - b);
    const blocking = inside.at(-cap.most);
    if (blocking !== undefined) freeMs = Math.max(freeMs, blocking + windowMs);
  }
  return new Date(freeMs);
}

/** How far back the caps of a purpose look. */
export function longestWindowMs(caps: readonly Cap[], purpose: string): number {
  const hours = caps.filter((cap) => cap.purpose === purpose).map((cap) => cap.hours);
  return Math.max(0, ...hours) * hourMs;
}
