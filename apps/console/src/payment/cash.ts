import { type Fen, fen } from '@wuye-pay/money';

/** "300", "254.7" or "254.70" yuan as whole fen; undefined when it is not such an amount. */
export function fenOfText(text: string): Fen | undefined {
  const [, yuan, fraction = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (yuan === undefined) return undefined;
  return fen(Number(yuan) * 100 + Number(fraction.padEnd(2, '0')));
}
