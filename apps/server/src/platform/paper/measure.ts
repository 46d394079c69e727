import PDFDocument from 'pdfkit';
import { missingMark, paperFont } from './font.ts';

interface Face {
  /** Width in thousandths of the size. */
  widthOf(text: string): number;
  has(codePoint: number): boolean;
}

interface OpenFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

let face: Face | undefined;

/** Width of a text in points. */
export function widthOf(text: string, sizePt: number): number {
  return (faceOf().widthOf(text) * sizePt) / 1000;
}

/** The text with a mark in place of each character that cannot be printed. */
export function printable(text: string): string {
  const { has } = faceOf();
  return [...text]
    .map((character) => (has(character.codePointAt(0) ?? 0) ? character : missingMark))
    .join('');
}

/** Lines no wider than that; breaks between any two Chinese characters, else between words. */
export function linesOf(text: string, sizePt: number, widthPt: number): readonly string[] {
  const words =
    text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of words.flatMap((each) => pieces(each, sizePt, widthPt))) {
    // A full stop or a bracket that closes does not begin a line.
    const mayBegin = !/^[，。、；：！？）》”’]/.test(word);
    if (line !== '' && mayBegin && widthOf(line + word, sizePt) > widthPt) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? word.trimStart() : word;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

/** A word wider than the line is cut. */
function pieces(word: string, sizePt: number, widthPt: number): readonly string[] {
  if (widthOf(word, sizePt) <= widthPt) return [word];
  const cut: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && widthOf(piece + character, sizePt) > widthPt) {
      cut.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...cut, piece];
}

function faceOf(): Face {
  if (face) return face;
  const document = new PDFDocument({ autoFirstPage: false }).font(paperFont()).fontSize(1000);
  // The types of the library do not tell of the font that it holds.
  const { font } = (document as unknown as { _font: { font: OpenFont } })._font;
  face = {
    widthOf: (text) => document.widthOfString(text),
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
  };
  return face;
}
