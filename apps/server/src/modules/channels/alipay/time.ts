import { beijingDigits, instantOfBeijing } from '../beijing-time.ts';

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
export function alipayTime(at: Date): string {
  const digits = beijingDigits(at);
  const part = (from: number) => digits.slice(from, from + 2);
  const day = `${digits.slice(0, 4)}-${part(4)}-${part(6)}`;
  return `${day} ${part(8)}:${part(10)}:${part(12)}`;
}

/** @param text as above; refunds carry milliseconds behind it. @returns undefined for no time */
export function instantOf(text: string | undefined): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d{1,3})?$/.exec(text ?? '');
  return match?.[1] === undefined ? undefined : instantOfBeijing(match[1].replace(/\D/g, ''));
}
