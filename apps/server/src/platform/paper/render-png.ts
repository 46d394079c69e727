import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Mark, Paper } from './drawing.ts';
import { paperFont } from './font.ts';
import { qrCells } from './qr-cells.ts';

const fontName = 'wuye paper';
/** Sharp on a phone of three pixels a point. */
const pixelsAPoint = 3;

/** A picture to keep on a phone: the sheets below each other. */
export async function renderPng({ sheets }: Paper): Promise<Buffer> {
  if (!GlobalFonts.has(fontName)) GlobalFonts.register(paperFont(), fontName);
  const width = Math.max(...sheets.map(({ widthPt }) => widthPt));
  const height = sheets.reduce((total, { heightPt }) => total + heightPt, 0);
  const canvas = createCanvas(Math.ceil(width * pixelsAPoint), Math.ceil(height * pixelsAPoint));
  const context = canvas.getContext('2d');
  context.scale(pixelsAPoint, pixelsAPoint);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  for (const { heightPt, marks } of sheets) {
    for (const mark of marks) draw(context, mark);
    context.translate(0, heightPt);
  }
  return await canvas.encode('png');
}

function draw(context: SKRSContext2D, mark: Mark): void {
  switch (mark.kind) {
    case 'text':
      context.font = `${mark.sizePt}px "${fontName}"`;
      context.fillStyle = mark.colour;
      context.fillText(mark.text, mark.x, mark.y);
      return;
    case 'line':
      context.strokeStyle = mark.colour;
      context.lineWidth = mark.widthPt;
      context.beginPath();
      context.moveTo(mark.x, mark.y);
      context.lineTo(mark.toX, mark.toY);
      context.stroke();
      return;
    case 'qr':
      context.fillStyle = '#000000';
      // A hair wider, so that no light line shows between two cells.
      for (const { x, y, size } of qrCells(mark)) context.fillRect(x, y, size + 0.05, size + 0.05);
  }
}
