import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { a5, createWriter, renderPdf, renderPng } from './index.ts';
import { linesOf, printable, widthOf } from './measure.ts';

const at = new Date('2026-11-25T02:00:00Z');

function paper(rows: number) {
  const writer = createWriter(a5);
  writer.text('收据', { sizePt: 18, align: 'centre' });
  for (let row = 1; row <= rows; row += 1) writer.pair(`物业费 2026 年 ${row} 月`, '¥254.70');
  writer.rule();
  writer.qr('https://example.com/v/sun-0123', 60, ['扫码核验']);
  return { title: '收据', language: 'zh' as const, sheets: writer.sheets() };
}

test('a PDF has a page for each sheet, and the same bytes each time', async () => {
  const short = await renderPdf(paper(3), at);
  expect(short.subarray(0, 5).toString()).toBe('%PDF-');
  expect(short.length).toBeLessThan(60_000);
  expect(await renderPdf(paper(3), at)).toEqual(short);
  const long = (await renderPdf(paper(80), at)).toString('latin1');
  expect(long.match(/\/Type \/Page\b/g)).toHaveLength(3);
});

test('a picture shows ink where the text stands', async () => {
  const image = await loadImage(await renderPng(paper(3)));
  expect([image.width, image.height]).toEqual([a5.widthPt * 3, a5.heightPt * 3]);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const title = context.getImageData(500, 90, 260, 80).data;
  expect(title.some((value, index) => index % 4 === 0 && value < 80)).toBe(true);
});

test('lines are no wider than asked for, whatever is written', () => {
  const texts = ['建筑面积 89.37 平方米 × 2.85 元/平方米/月，四舍五入到分。', 'x'.repeat(200)];
  for (const line of texts.flatMap((text) => linesOf(text, 10, 80))) {
    // A full stop may hang over by its own width.
    expect(widthOf(line.replace(/[，。]$/, ''), 10)).toBeLessThanOrEqual(80);
  }
  expect(linesOf('', 10, 80)).toEqual(['']);
});

test('a character that no font has is marked, a rare one of a name is printed', () => {
  expect(printable('骉䶮①№')).toBe('骉䶮①№');
  expect(printable('a\u{2A6D6}b😀')).toBe('a〓b〓');
});
