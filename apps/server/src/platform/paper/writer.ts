import type { Mark, Sheet } from './drawing.ts';
import { linesOf, printable, widthOf } from './measure.ts';

export interface SheetSize {
  readonly widthPt: number;
  /** undefined: as high as it needs, in one piece. */
  readonly heightPt: number | undefined;
  readonly marginPt: number;
}

/** A5 upright: fits a phone's screen and half a sheet of office paper. */
export const a5 = { widthPt: 420, heightPt: 595, marginPt: 32 } as const;

/** Half a sheet of A4, lying: two are cut from one. */
export const halfA4 = { widthPt: 595, heightPt: 421, marginPt: 36 } as const;

const ink = '#1a1a1a';
const faint = '#595959';
const leading = 1.45;
const usualPt = 10;

export interface TextStyle {
  readonly sizePt?: number;
  readonly isFaint?: boolean;
  readonly align?: 'left' | 'right' | 'centre';
}

/** Writes from top to bottom, and begins a new sheet where one is full. */
export interface Writer {
  text(text: string, style?: TextStyle): void;
  /** Left and right of one line; what is too long on the left is broken. */
  pair(left: string, right: string, style?: TextStyle): void;
  rule(): void;
  gap(pt: number): void;
  /** A code with lines beside it. */
  qr(text: string, sizePt: number, lines: readonly string[]): void;
  sheets(): readonly Sheet[];
}

export function createWriter(size: SheetSize): Writer {
  const cursor = cursorOn(size);
  const { width } = cursor;
  return {
    text(text, style = {}) {
      for (const each of linesOf(printable(text), style.sizePt ?? usualPt, width)) {
        cursor.line(each, style);
      }
    },
    pair(left, right, style = {}) {
      const { sizePt = usualPt } = style;
      const rightText = printable(right);
      const rightWidth = widthOf(rightText, sizePt);
      const lines = linesOf(printable(left), sizePt, width - rightWidth - 8);
      cursor.room(sizePt * leading * lines.length);
      cursor.put(rightText, width - rightWidth, sizePt, style);
      for (const each of lines) cursor.line(each, { ...style, align: 'left' });
    },
    rule() {
      cursor.room(10);
      cursor.rule(4);
      cursor.down(10);
    },
    gap: (pt) => cursor.down(pt),
    qr(text, sizePt, lines) {
      const small = { sizePt: 8.5, isFaint: true };
      const beside = lines.flatMap((one) =>
        linesOf(printable(one), small.sizePt, width - sizePt - 14),
      );
      const stepPt = small.sizePt * leading;
      const heightPt = Math.max(sizePt, stepPt * beside.length);
      cursor.room(heightPt);
      cursor.qr(text, sizePt);
      beside.forEach((each, index) =>
        cursor.put(each, sizePt + 14, small.sizePt + index * stepPt, small),
      );
      cursor.down(heightPt);
    },
    sheets: cursor.sheets,
  };
}

/** Where the next mark goes, within the margins. */
function cursorOn({ widthPt, heightPt, marginPt }: SheetSize) {
  const width = widthPt - 2 * marginPt;
  const done: Sheet[] = [];
  let marks: Mark[] = [];
  let y: number = marginPt;
  const cursor = {
    width,
    /** Begins a new sheet unless so much still fits. */
    room(neededPt: number): void {
      if (heightPt === undefined || y + neededPt <= heightPt - marginPt) return;
      done.push({ widthPt, heightPt, marks });
      marks = [];
      y = marginPt;
    },
    down(pt: number): void {
      y += pt;
    },
    /** @param x from the margin; @param below from here to the baseline */
    put(text: string, x: number, below: number, style: TextStyle): void {
      const { sizePt = usualPt, isFaint } = style;
      const colour = isFaint ? faint : ink;
      marks.push({ kind: 'text', x: marginPt + x, y: y + below, sizePt, text, colour });
    },
    line(text: string, style: TextStyle): void {
      const { sizePt = usualPt, align = 'left' } = style;
      cursor.room(sizePt * leading);
      const free = width - widthOf(text, sizePt);
      const x = align === 'left' ? 0 : align === 'right' ? free : free / 2;
      cursor.put(text, x, sizePt, style);
      y += sizePt * leading;
    },
    rule(below: number): void {
      const at = { x: marginPt, y: y + below, toX: marginPt + width, toY: y + below };
      marks.push({ kind: 'line', ...at, colour: '#bfbfbf', widthPt: 0.6 });
    },
    qr(text: string, sizePt: number): void {
      marks.push({ kind: 'qr', x: marginPt, y, sizePt, text });
    },
    sheets: (): readonly Sheet[] => [
      ...done,
      { widthPt, heightPt: heightPt ?? y + marginPt, marks },
    ],
  };
  return cursor;
}
