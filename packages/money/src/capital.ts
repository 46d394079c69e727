import type { Fen } from './fen.ts';

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const places = ['', '拾', '佰', '仟'];

/**
 * The amount in the capitals of cheques and receipts (大写): 740.70 yuan is 柒佰肆拾元柒角整.
 * Source: 《支付结算办法》 (1997), 附一 正确填写票据和结算凭证的基本规定
 */
export function capitalYuan(amount: Fen): string {
  const positive = Math.abs(amount);
  const yuan = Math.floor(positive / 100);
  const jiao = Math.floor((positive % 100) / 10);
  const rest = positive % 10;
  const sign = amount < 0 ? '负' : '';
  if (positive === 0) return '零元整';
  const whole = yuan > 0 ? `${capitalInteger(yuan)}元` : '';
  if (jiao === 0 && rest === 0) return `${sign}${whole}整`;
  if (rest === 0) return `${sign}${whole}${digits[jiao]}角整`;
  if (jiao > 0) return `${sign}${whole}${digits[jiao]}角${digits[rest]}分`;
  return `${sign}${whole}${yuan > 0 ? '零' : ''}${digits[rest]}分`;
}

/** Read as people do: so many 亿, then so many 万, then the rest; a gap is one 零. */
function capitalInteger(value: number): string {
  if (value < 10_000) return capitalGroup(value);
  const [size, name] = value >= 100_000_000 ? [100_000_000, '亿'] : [10_000, '万'];
  const rest = value % size;
  const low = rest === 0 ? '' : `${rest < size / 10 ? '零' : ''}${capitalInteger(rest)}`;
  return `${capitalInteger(Math.floor(value / size))}${name}${low}`;
}

/** 1 to 9999: zeros within become one 零, zeros at the end none. */
function capitalGroup(part: number): string {
  let text = '';
  let hasZero = false;
  for (let place = places.length - 1; place >= 0; place -= 1) {
    const digit = Math.floor(part / 10 ** place) % 10;
    if (digit === 0) {
      hasZero = text !== '';
      continue;
    }
    text += `${hasZero ? '零' : ''}${digits[digit]}${places[place]}`;
    hasZero = false;
  }
  return text;
}
