import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { AppError } from '../errors.ts';
import { fileErrors } from './errors.ts';
import { fileLimits } from './limits.ts';

export interface XmlHandlers {
  /** Names come without their prefix. Attributes keep theirs. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** After each piece of input: the place to hand on what was read. @returns false to stop */
  pause?(): Promise<boolean>;
}

/** Reads one part piece by piece. Documents with own entities or declarations are refused. */
export async function readXml(bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw fileErrors.FILE_DAMAGED();
  });
  parser.on('opentag', (tag) => handlers.open?.(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  let decoder: TextDecoder | undefined;
  let withoutTag = 0;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    const lastTag = text.lastIndexOf('<');
    withoutTag = lastTag < 0 ? withoutTag + text.length : text.length - lastTag;
    if (withoutTag > fileLimits.charactersWithoutTag) throw fileErrors.FILE_DAMAGED();
    damagedUnless(() => parser.write(text));
    if (handlers.pause && !(await handlers.pause())) return;
  }
  damagedUnless(() => parser.close());
}

function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function damagedUnless(parse: () => void): void {
  try {
    parse();
  } catch (error) {
    throw error instanceof AppError ? error : fileErrors.FILE_DAMAGED({ cause: error });
  }
}
