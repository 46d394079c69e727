import type { Package } from './open-package.ts';
import { readXml } from './read-xml.ts';

/** Formats that every spreadsheet program knows as dates; 27–36 and 50–58 are the Chinese ones. */
const builtInDates: readonly (readonly [from: number, to: number])[] = [
  [14, 17],
  [22, 22],
  [27, 31],
  [36, 36],
  [50, 54],
  [57, 58],
];

/** By the number of a cell's style: whether its numbers are days. */
export async function readStyles(parts: Package, path: string): Promise<boolean[]> {
  const ownDates = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCellStyles = false;
  await readXml(await parts.open(path), {
    open(name, attributes) {
      if (name === 'numFmt') {
        ownDates.set(Number(attributes['numFmtId']), isDateFormat(attributes['formatCode'] ?? ''));
      }
      if (name === 'cellXfs') inCellStyles = true;
      if (name !== 'xf' || !inCellStyles) return;
      const format = Number(attributes['numFmtId'] ?? 0);
      styles.push(
        ownDates.get(format) ?? builtInDates.some(([from, to]) => format >= from && format <= to),
      );
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}

/** yyyy"年"m"月"d"日" is one; #,##0.00 and [h]:mm are not. */
export function isDateFormat(code: string): boolean {
  const plain = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '');
  return /[yd]/i.test(plain) && !/[#0]/.test(plain.replace(/\.0+/g, ''));
}
