import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Mark, Paper } from './drawing.ts';
import { paperFont } from './font.ts';
import { qrCells } from './qr-cells.ts';

const fontName = 'paper';

/** A PDF with the characters that it uses embedded. The same paper and time give the same bytes. */
export async function renderPdf(paper: Paper, at: Date): Promise<Buffer> {
  const document = new PDFDocument({
    autoFirstPage: false,
    lang: paper.language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: { Title: paper.title, Producer: 'wuye-pay', CreationDate: at, ModDate: at },
  });
  const bytes = buffer(document);
  document.registerFont(fontName, paperFont());
  for (const { widthPt, heightPt, marks } of paper.sheets) {
    document.addPage({ size: [widthPt, heightPt], margin: 0 });
    document.font(fontName);
    for (const mark of marks) draw(document, mark);
  }
  document.end();
  return await bytes;
}

function draw(document: PDFKit.PDFDocument, mark: Mark): void {
  switch (mark.kind) {
    case 'text':
      document.fontSize(mark.sizePt).fillColor(mark.colour);
      document.text(mark.text, mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
      return;
    case 'line':
      document.lineWidth(mark.widthPt).strokeColor(mark.colour);
      document.moveTo(mark.x, mark.y).lineTo(mark.toX, mark.toY).stroke();
      return;
    case 'qr':
      for (const { x, y, size } of qrCells(mark)) document.rect(x, y, size, size);
      document.fill('#000000');
  }
}
