import type { Language } from '../platform/types.ts';

const digits = '零一二三四五六七八九';
const places = ['', '十', '百', '千'];

/** The amount as it is read aloud: 74070 fen are 七百四十元七角; in English "740.70 yuan". */
export function spokenAmount(fen: number, language: Language): string {
  const sign = fen < 0;
  const amount = Math.abs(fen);
  const yuan = Math.floor(amount / 100);
  const jiao = Math.floor((amount % 100) / 10);
  const rest = amount % 10;
  if (language === 'en') return `${sign ? 'minus ' : ''}${yuan}.${jiao}${rest} yuan`;
  const parts = [
    sign ? '负' : '',
    yuan > 0 || amount === 0 ? `${whole(yuan)}元` : '',
    jiao > 0 ? `${digits[jiao]}角` : rest > 0 && yuan > 0 ? '零' : '',
    rest > 0 ? `${digits[rest]}分` : '',
  ];
  return parts.join('');
}

function whole(value: number): string {
  if (value < 10_000) return section(value) || '零';
  if (value >= 100_000_000)
    return `${whole(Math.floor(value / 100_000_000))}亿${rest(value, 100_000_000)}`;
  return `${section(Math.floor(value / 10_000))}万${rest(value, 10_000)}`;
}

/** What stands below 万 or 亿; a gap before it is said as one 零. */
function rest(value: number, unit: number): string {
  const low = value % unit;
  if (low === 0) return '';
  return `${low < unit / 10 ? '零' : ''}${whole(low)}`;
}

/** Up to 9999; zeros between digits are said once, at the end not at all. */
function section(value: number): string {
  return [...String(value)]
    .map((digit, index, all) =>
      digit === '0' ? '零' : digits[Number(digit)] + (places[all.length - 1 - index] ?? ''),
    )
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '')
    .replace(/^一十/, '十');
}
