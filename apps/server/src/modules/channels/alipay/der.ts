/** One element of DER: its tag, and where its content lies. */
export interface Element {
  readonly tag: number;
  /** With tag and length. */
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** @throws RangeError for what is not DER, or longer than it is */
export function elementAt(der: Buffer, start: number): Element {
  const tag = byteAt(der, start);
  const first = byteAt(der, start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || first === 0x80) throw new RangeError('a length that DER does not have');
  let length = lengthBytes === 0 ? first : 0;
  for (let index = 0; index < lengthBytes; index += 1) {
    length = length * 256 + byteAt(der, start + 2 + index);
  }
  const contentStart = start + 2 + lengthBytes;
  const end = contentStart + length;
  if (end > der.length) throw new RangeError('an element that is longer than its bytes');
  return { tag, start, contentStart, end };
}

/** The elements that lie in another one. @throws RangeError */
export function elementsOf(der: Buffer, parent: Element): readonly Element[] {
  const found: Element[] = [];
  for (let at = parent.contentStart; at < parent.end; ) {
    const element = elementAt(der, at);
    found.push(element);
    at = element.end;
  }
  return found;
}

/** An object identifier with dots. */
export function identifierOf(der: Buffer, element: Element): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of der.subarray(element.contentStart, element.end)) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

const encodings: Readonly<Record<number, 'utf8' | 'latin1'>> = {
  12: 'utf8', // UTF8String
  19: 'latin1', // PrintableString
  20: 'latin1', // T61String
  22: 'latin1', // IA5String
};

/** @throws RangeError for kinds of text that no certificate of the channel has */
export function textOfElement(der: Buffer, element: Element): string {
  const encoding = encodings[element.tag];
  if (!encoding) throw new RangeError(`text of the kind ${element.tag}`);
  return der.toString(encoding, element.contentStart, element.end);
}

function byteAt(der: Buffer, at: number): number {
  const byte = der[at];
  if (byte === undefined) throw new RangeError('the bytes end in the middle');
  return byte;
}
