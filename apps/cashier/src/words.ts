const digits = '零一二三四五六七八九';
const places = ['', '十', '百', '千'];

/** The amount as it is read aloud: 74070 fen are 七百四十元七角; in English "740.70 yuan". */
export function words(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor((fen % 100) / 10);
  const rest = fen % 10;
  if (LANGUAGE === 'en') return `${yuan}.${jiao}${rest} yuan`;
  const parts = [
    yuan > 0 || fen === 0 ? `${whole(yuan)}元` : '',
    jiao > 0 ? `${digits[jiao]}角` : rest > 0 && yuan > 0 ? '零' : '',
    rest > 0 ? `${digits[rest]}分` : '',
  ];
  return parts.join('');
}

function whole(value: number): string {
  if (value < 10_000) return section(value) || '零';
  const low = value % 10_000;
  const gap = low > 0 && low < 1000 ? '零' : '';
  return `${section(Math.floor(value / 10_000))}万${gap}${section(low)}`;
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
