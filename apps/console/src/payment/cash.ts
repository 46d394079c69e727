import { type Fen, fen } from '@wuye-pay/money';

/** "300", "254.7" or "254.70" yuan as whole fen; undefined when it is not such an amount. */
export function fenOfText(text: string): Fen | undefined {
  const [, yuan, fraction = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (yuan === undefined) return undefined;
  return fen(Number(yuan) * 100 + Number(fraction.padEnd(2, '0')));
}

/** A key for one act, the same on every retry. Works where crypto.randomUUID is not offered: on plain http. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
