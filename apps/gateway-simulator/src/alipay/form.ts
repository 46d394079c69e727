import iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'gbk';

/**
 * Form-encoded pairs as bytes, since their charset is one of them. The last of a name counts.
 * @param texts query strings or bodies, one character a byte
 */
export function readPairs(...texts: string[]): Map<string, Buffer> {
  const pairs = texts.flatMap((text) => text.split('&')).filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const name = at < 0 ? pair : pair.slice(0, at);
      return [decode(name).toString(), decode(at < 0 ? '' : pair.slice(at + 1))];
    }),
  );
}

export function readCharset(text: string): Charset | undefined {
  const known: Record<string, Charset> = { 'utf-8': 'utf-8', utf8: 'utf-8', gbk: 'gbk' };
  return text.toLowerCase() === 'gb2312' ? 'gbk' : known[text.toLowerCase()];
}

export function textsOf(pairs: ReadonlyMap<string, Buffer>, charset: Charset) {
  return new Map([...pairs].map(([name, bytes]) => [name, iconv.decode(bytes, charset)]));
}

/** Percent-decodes once; `+` is a space, and a lone `%` stays as it is. */
function decode(text: string): Buffer {
  const plain = text.replace(/\+/g, ' ');
  const decoded = plain.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
