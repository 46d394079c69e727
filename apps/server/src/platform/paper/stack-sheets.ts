import type { Mark, Sheet } from './drawing.ts';

/** Sheets one under the other on larger ones, with a line to cut along between them. */
export function stackSheets(sheets: readonly Sheet[], perSheet: number): readonly Sheet[] {
  const stacked: Sheet[] = [];
  for (let from = 0; from < sheets.length; from += perSheet) {
    const group = sheets.slice(from, from + perSheet);
    const [first] = group;
    if (!first) break;
    const { widthPt, heightPt } = first;
    const marks = group.flatMap((sheet, place) => [
      ...(place > 0 ? [cut(widthPt, place * heightPt)] : []),
      ...sheet.marks.map((mark) => lowered(mark, place * heightPt)),
    ]);
    stacked.push({ widthPt, heightPt: heightPt * perSheet, marks });
  }
  return stacked;
}

function cut(widthPt: number, y: number): Mark {
  return { kind: 'line', x: 0, y, toX: widthPt, toY: y, colour: '#bfbfbf', widthPt: 0.4 };
}

function lowered(mark: Mark, byPt: number): Mark {
  const y = mark.y + byPt;
  return mark.kind === 'line' ? { ...mark, y, toY: mark.toY + byPt } : { ...mark, y };
}
