import { SaxesParser } from 'saxes';

/** Answers and notices have 1 to 4 KB. */
const maxCharacters = 256 * 1024;

/**
 * Reads `<xml>`, or the root that is named, of one level: names and texts. Declarations, own
 * entities, instructions, nesting and names that come twice are refused, as is whatever is not
 * well-formed. @returns undefined for any other text
 */
export function readFlatXml(
  text: string,
  root = 'xml',
): Readonly<Record<string, string>> | undefined {
  if (text.length > maxCharacters) return undefined;
  try {
    return read(text, root);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function read(text: string, root: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: false, position: false });
  const add = (piece: string) => {
    const name = path[1];
    if (name !== undefined) values.set(name, (values.get(name) ?? '') + piece);
    else if (piece.trim() !== '') throw new Error('text between the values');
  };
  parser.on('doctype', () => refuse('a declaration'));
  parser.on('processinginstruction', () => refuse('an instruction'));
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (path.length === 1 && name !== root) refuse('another root');
    if (path.length > 2) refuse('nesting');
    if (path.length === 2 && values.has(name)) refuse('a name twice');
    if (path.length === 2) values.set(name, '');
  });
  parser.on('closetag', () => path.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return Object.fromEntries(values);
}

function refuse(what: string): never {
  throw new Error(what);
}

/** `<xml>` with every value in CDATA, in the order given; empty values are left out. */
export function writeFlatXml(values: Readonly<Record<string, string>>): string {
  const elements = Object.entries(values)
    .filter(([, value]) => value !== '')
    // The end of a CDATA section inside a value is split over two of them.
    .map(([name, value]) => {
      return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
    });
  return `<xml>${elements.join('')}</xml>`;
}
