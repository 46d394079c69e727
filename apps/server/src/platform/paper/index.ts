/** Paper: text, lines and codes placed once, then drawn as PDF or as a picture. */
export type { Paper } from './drawing.ts';
export { renderPdf } from './render-pdf.ts';
export { renderPng } from './render-png.ts';
export { stackSheets } from './stack-sheets.ts';
export { a5, createWriter, halfA4, type SheetSize, type Writer } from './writer.ts';
