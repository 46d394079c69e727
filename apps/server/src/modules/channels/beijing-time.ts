/** Beijing is 8 hours ahead all year; the machine's own zone never matters. */
const offsetMs = 8 * 3_600_000;

/** The instant as `YYYYMMDDhhmmss` in Beijing, whole seconds. */
export function beijingDigits(at: Date): string {
  const shifted = new Date(at.getTime() + offsetMs).toISOString();
  return shifted.slice(0, 19).replace(/[-:T]/g, '');
}

/** The instant of `YYYYMMDDhhmmss` in Beijing. @returns undefined for what is none */
export function instantOfBeijing(digits: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits)?.slice(1);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  // 30 February is read as 2 March: what does not come back the same was no date.
  return !Number.isNaN(at.getTime()) && beijingDigits(at) === digits ? at : undefined;
}
