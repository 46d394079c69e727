import type { OccupancyRole, UnitKind } from '@wuye-pay/contract';

/** "94.56㎡" → "94.56". @returns undefined when it is no area */
export function areaOf(text: string): string | undefined {
  const plain = text.replace(/\s+/g, '').replace(/(m2|平方米|平米|平方)$/i, '');
  const match = /^(\d{1,8})(?:\.(\d{1,15}))?$/.exec(plain.replace(/,/g, ''));
  if (!match) return undefined;
  // More than four decimals are traces of binary fractions in the file; the table keeps four.
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > 4) return undefined;
  const whole = String(Number(match[1]));
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** Yuan with up to six decimals. */
export function priceOf(text: string): string | undefined {
  const plain = text.replace(/[\s,元¥]/g, '');
  return /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? plain : undefined;
}

/** Days from 1927 to 2119: a number in this range in a column of days is a serial. */
const serials = { from: 10_000, to: 80_000 };
const dayMs = 86_400_000;

/**
 * "2020-6-10", "2020/06/10", "2020年6月10日", "2020.6.10", "20200610" and date serials.
 * @returns undefined when there is no such day
 */
export function dayOfText(text: string, from1904: boolean): string | undefined {
  const plain = text.trim().replace(/[T ].*$/, '');
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    const serial = Math.floor(Number(plain));
    if (serial < serials.from || serial > serials.to) return undefined;
    const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
    return new Date(origin + serial * dayMs).toISOString().slice(0, 10);
  }
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1900;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}

/** The numbers are those of MicroCommunity's export: its dictionary of kinds. */
const kindWords: Readonly<Record<UnitKind, readonly string[]>> = {
  home: '110 119 住宅 商品房 公寓 宿舍 住房 民宅 别墅 洋房 高层住宅 多层住宅 普通住宅'.split(' '),
  shop: '120 商铺 店铺 门面 商业 底商 商用 办公 办公室 写字楼 门市'.split(' '),
  parking: '车位 车库 停车位 地下车位 地上车位 产权车位'.split(' '),
  storage: '储藏室 储物间 储藏间 杂物间 杂物房 地下室 仓库'.split(' '),
};

export const knownKinds = '住宅、商铺、办公、车位、储藏室';

export function kindOf(text: string): UnitKind | undefined {
  const plain = text.replace(/\s+/g, '');
  const entries = Object.entries(kindWords) as [UnitKind, readonly string[]][];
  return entries.find(([, words]) => words.includes(plain))?.[0];
}

const roleWords: Readonly<Record<OccupancyRole | 'visitor', readonly string[]>> = {
  owner: ['1001', '业主', '户主', '产权人', '房主'],
  family: ['1002', '家庭成员', '家属', '家人', '亲属'],
  tenant: ['1003', '租客', '房屋租客', '租户', '承租人', '租赁户'],
  visitor: ['1004', '临时人员', '访客'],
};

export function roleOf(text: string): OccupancyRole | 'visitor' | undefined {
  const plain = text.replace(/\s+/g, '');
  const entries = Object.entries(roleWords) as [OccupancyRole | 'visitor', readonly string[]][];
  return entries.find(([, words]) => words.includes(plain))?.[0];
}

/** A mobile or fixed number with digits only. @returns undefined when it is neither */
export function phoneOf(text: string): string | undefined {
  const digits = text.replace(/[\s()-]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (/^1[3-9]\d{9}$/.test(digits)) return digits;
  // Area code and number, a number alone, or +852 … and the like.
  if (/^0\d{9,11}$/.test(digits) || /^[2-9]\d{6,7}$/.test(digits)) return digits;
  return /^\+\d{7,15}$/.test(digits) ? digits : undefined;
}

/** An identity card of 18 or 15 digits, or another document of letters and digits. */
export function idNumberOf(text: string): string | undefined {
  const plain = text.replace(/\s+/g, '').toUpperCase();
  if (/^\d{17}[\dX]$/.test(plain) || /^\d{15}$/.test(plain)) return plain;
  return /^(?=.*[A-Z])[A-Z0-9()]{6,20}$/.test(plain) && !/^\d+X$/.test(plain) ? plain : undefined;
}
