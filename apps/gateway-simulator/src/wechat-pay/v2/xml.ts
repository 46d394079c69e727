import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The flat fields of a message of v2. */
export type Fields = Record<string, string>;
export type SignType = 'MD5' | 'HMAC-SHA256';

/** `<xml><k><![CDATA[v]]></k>…</xml>` with CDATA around every value, as WeChat Pay writes it. */
export function writeXml(fields: Fields, root = 'xml'): string {
  const inside = Object.entries(fields).map(([name, value]) => {
    // The end mark of a CDATA section cannot stand inside one.
    const safe = value.replaceAll(']]>', ']]]]><![CDATA[>');
    return `<${name}><![CDATA[${safe}]]></${name}>`;
  });
  return `<${root}>${inside.join('')}</${root}>`;
}

/**
 * The fields of a flat XML document. A document type is refused: entities are never resolved.
 * @returns undefined when it is anything else
 */
export function readXml(text: string): Fields | undefined {
  const document = /^\s*(?:<\?xml[^>]*\?>)?\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text);
  if (document === null || text.includes('<!DOCTYPE')) return undefined;
  const fields: Fields = {};
  const element =
    /\s*<([A-Za-z_][\w.-]*)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>\s*|\s*<([A-Za-z_][\w.-]*)\/>\s*/y;
  const inside = document[1] ?? '';
  while (element.lastIndex < inside.length) {
    const found = element.exec(inside);
    if (found === null) return inside.trim() === '' ? fields : undefined;
    fields[found[1] ?? found[3] ?? ''] = plainText(found[2] ?? '');
  }
  return fields;
}

/** The text that is signed: non-empty fields but `sign`, by ASCII order of names, and the key. */
export function signedText(fields: Fields, key: string): string {
  const pairs = Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .sort()
    .map((name) => `${name}=${fields[name]}`);
  return `${pairs.join('&')}&key=${key}`;
}

export function signFields(fields: Fields, key: string, type: SignType): string {
  const text = signedText(fields, key);
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text, 'utf8').digest('hex').toUpperCase();
}

/** The way in which these fields are signed with this key; undefined when they are not. */
export function signTypeOf(fields: Fields, key: string): SignType | undefined {
  const named = fields.sign_type;
  const types: SignType[] = named === 'HMAC-SHA256' ? ['HMAC-SHA256'] : ['MD5'];
  if (named !== undefined && named !== '' && named !== 'MD5' && named !== 'HMAC-SHA256') {
    return undefined;
  }
  return types.find((type) => isEqual(signFields(fields, key, type), fields.sign ?? ''));
}

export function isEqual(ours: string, theirs: string): boolean {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function plainText(inner: string): string {
  return inner
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : unescaped(part)))
    .join('');
}

const ENTITIES: Fields = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}
