import type { Fen } from './fen.ts';

/** "254.70"; negative amounts carry a hyphen. For inputs and exports. */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "¥1,254.70". For screens; the sign stands before the currency mark. */
export function yuanAmount(amount: Fen): string {
  const text = yuanText(amount);
  const [whole = '0', fraction = '00'] = text.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${amount < 0 ? '-' : ''}¥${grouped}.${fraction}`;
}

/** "254 元 7 角", as a cashier reads it aloud; 0 fen is "0 元". */
export function spokenYuan(amount: Fen): string {
  const positive = Math.abs(amount);
  const yuan = Math.floor(positive / 100);
  const jiao = Math.floor((positive % 100) / 10);
  const rest = positive % 10;
  const parts: string[] = [];
  if (yuan > 0 || positive === 0) parts.push(`${yuan} 元`);
  if (jiao > 0) parts.push(`${jiao} 角`);
  if (rest > 0) parts.push(jiao === 0 && yuan > 0 ? `零 ${rest} 分` : `${rest} 分`);
  return `${amount < 0 ? '负 ' : ''}${parts.join(' ')}`;
}
