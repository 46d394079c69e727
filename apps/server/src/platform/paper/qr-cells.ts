import QRCode from 'qrcode';
import type { QrMark } from './drawing.ts';

/** The dark cells of a code. Medium correction: paper gets folded. */
export function qrCells(mark: QrMark): readonly { x: number; y: number; size: number }[] {
  const { modules } = QRCode.create(mark.text, { errorCorrectionLevel: 'M' });
  const size = mark.sizePt / modules.size;
  return Array.from({ length: modules.size ** 2 }, (_, index) => index)
    .filter((index) => modules.data[index])
    .map((index) => ({
      x: mark.x + (index % modules.size) * size,
      y: mark.y + Math.floor(index / modules.size) * size,
      size,
    }));
}
