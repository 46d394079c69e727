/** Fields of a message by their names in the protocol. */
export type Fields = Record<string, string>;

const ELEMENT = /\s*<([A-Za-z_][\w.-]*)>([^<]*(?:<!\[CDATA\[[\s\S]*?\]\]>[^<]*)*)<\/\1>/y;
const PART = /<!\[CDATA\[([\s\S]*?)\]\]>|([^<]+)/g;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The fields of `<xml><name>value</name>…</xml>`, with or without CDATA. Anything else, such as a
 * document type, is no message: undefined.
 */
export function readXml(text: string): Fields | undefined {
  const body = /^(?:<\?xml[^>]*\?>)?\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text.trim())?.[1];
  if (body === undefined) return undefined;
  const fields: Fields = {};
  ELEMENT.lastIndex = 0;
  let end = 0;
  for (let one = ELEMENT.exec(body); one !== null; one = ELEMENT.exec(body)) {
    const [, name = '', content = ''] = one;
    if (Object.hasOwn(fields, name)) return undefined;
    fields[name] = textOf(content);
    end = ELEMENT.lastIndex;
  }
  return body.slice(end).trim() === '' ? fields : undefined;
}

/** Text may stand in several pieces, in CDATA or not. */
function textOf(content: string): string {
  const parts = [...content.matchAll(PART)];
  return parts.map(([, raw, plain = '']) => raw ?? decoded(plain)).join('');
}

export function writeXml(fields: Fields): string {
  const lines = Object.entries(fields).map(
    ([name, value]) =>
      `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`,
  );
  return `<xml>${lines.join('\n')}</xml>`;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(String(hex), 16));
    return ENTITIES[String(name)] ?? String(whole);
  });
}
