/** Where a unit is, in the spelling that makes two lists of the same houses meet. */
export interface UnitPlace {
  readonly building: string;
  /** '' where a building has no entrances. */
  readonly entrance: string;
  readonly doorNo: string;
}

/** As people say it: 1栋2单元301. */
export function labelOf({ building, entrance, doorNo }: UnitPlace): string {
  const stairs = /^[0-9A-Z]+$/i.test(entrance) ? `${entrance}单元` : entrance;
  // 1号停车场 C0001: a number after letters of a place needs a gap to be read.
  const gap = stairs === '' && !/[栋幢楼座]$/.test(building) ? ' ' : '';
  return `${building}${stairs}${gap}${doorNo}`;
}

/** Sorts like people count: 2栋 before 10栋. Compared byte by byte. */
export function sortKeyOf({ building, entrance, doorNo }: UnitPlace): string {
  const digits = 10;
  const padded = (text: string) => text.replace(/\d+/g, (number) => number.padStart(digits, '0'));
  return [building, entrance, doorNo].map(padded).join(' / ');
}

/** 1, 01, 1#, 一栋 and 1栋 are one building; 1号楼 and A座 keep their names. */
export function buildingNameOf(text: string): string {
  const plain = withDigits(text.replace(/\s+/g, ''));
  const match = /^0*(\d+|[A-Za-z])(#|号|栋|号栋)?$/.exec(plain);
  if (match) return `${match[1]?.toUpperCase()}栋`;
  return plain.replace(/^0+(?=\d)/, '');
}

/** 1, 01, 一单元 and 1单元 are one entrance; 0 and 无 mean that there is none. */
export function entranceOf(text: string): string {
  const plain = withDigits(text.replace(/\s+/g, '')).replace(/(单元|门洞)$/, '');
  if (/^(0+|无|-|\/)$/.test(plain)) return '';
  return plain.replace(/^0+(?=\d)/, '').toUpperCase();
}

/** 301室 and 301 are one door. */
export function doorNoOf(text: string): string {
  return text.replace(/\s+/g, '').replace(/室$/, '').toUpperCase();
}

/** "1栋2单元301", "1-2-301", "1号楼301": a whole address in one cell. */
export function splitAddress(text: string): UnitPlace | undefined {
  const plain = withDigits(text.replace(/\s+/g, ''));
  const spoken = /^(.+?(?:栋|幢|号楼|座|#))(?:(.+?)单元)?[-]?([0-9A-Za-z-]+)室?$/.exec(plain);
  const dashed = /^([0-9A-Za-z]+)-(?:([0-9A-Za-z]+)-)?([0-9A-Za-z]+)$/.exec(plain);
  const match = spoken ?? dashed;
  if (!match) return undefined;
  return {
    building: buildingNameOf(match[1] ?? ''),
    entrance: entranceOf(match[2] ?? ''),
    doorNo: doorNoOf(match[3] ?? ''),
  };
}

const numerals = '零一二三四五六七八九';

/** 十二单元 → 12单元, up to 九十九. */
function withDigits(text: string): string {
  return text.replace(
    /([一二三四五六七八九])?(十)?([一二三四五六七八九])?(?=栋|幢|号|单元|座|#)/g,
    (match, tens: string | undefined, ten: string | undefined, ones: string | undefined) => {
      if (match === '') return '';
      if (!ten) return match.length === 1 ? String(numerals.indexOf(match)) : match;
      return String((tens ? numerals.indexOf(tens) : 1) * 10 + (ones ? numerals.indexOf(ones) : 0));
    },
  );
}
