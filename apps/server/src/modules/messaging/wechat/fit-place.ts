/** Longest values by the kind of a key; the kind is the key without its number. */
const longest: Readonly<Record<string, number>> = {
  thing: 20,
  number: 32,
  letter: 32,
  symbol: 5,
  character_string: 32,
  phone_number: 17,
  car_number: 8,
  name: 10,
  phrase: 5,
  const: 20,
};

const kindOf = (place: string) => place.replace(/\d+$/, '');

/** Free text may be cut; a number or a name that is cut would say something else. */
export function fitPlace(place: string, value: string): string {
  const kind = kindOf(place);
  const most = longest[kind];
  if (kind === 'thing' && most !== undefined && value.length > most) {
    return `${value.slice(0, most - 1)}…`;
  }
  if (kind === 'amount' && /^\d+(\.\d+)?$/.test(value)) return `${value}元`;
  return value;
}

export interface PlaceProblem {
  readonly zh: string;
  readonly en: string;
}

const forms: Readonly<Record<string, RegExp>> = {
  number: /^\d+(\.\d+)?$/,
  letter: /^[A-Za-z]+$/,
  character_string: /^[\x21-\x7e]+$/,
  amount: /^[¥$€]?\d{1,10}(\.\d+)?元?$/,
  phone_number: /^[\d+-]+$/,
  time: /^(\d{1,2}:\d{2}|\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?)(~.*)?$/,
  date: /^\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?(~.*)?$/,
  phrase: /^[一-鿿]+$/,
};

/** What the platform would say of a value; undefined when it fits. */
export function placeProblem(place: string, value: string): PlaceProblem | undefined {
  const kind = kindOf(place);
  const fitted = fitPlace(place, value);
  if (!(kind in longest || kind in forms || kind === 'enum')) {
    return {
      zh: `${place} 不是微信的关键词类型（如 thing1、amount2）`,
      en: `${place} is not a kind of key (such as thing1, amount2)`,
    };
  }
  const most = longest[kind];
  if (most !== undefined && fitted.length > most) {
    return { zh: `${place} 最多 ${most} 个字`, en: `${place} holds ${most} characters at most` };
  }
  if (forms[kind] && !forms[kind].test(fitted)) {
    return { zh: `“${value}”不符合 ${kind} 的格式`, en: `“${value}” does not fit ${kind}` };
  }
  return undefined;
}
