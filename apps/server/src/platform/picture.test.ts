import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { phonePhoto } from '../../test/feedback-builders.ts';
import { cleanPicture } from './picture.ts';

const rules = { maxBytes: 12 * 1024 * 1024 };
let photo: Buffer;
beforeAll(async () => {
  photo = await phonePhoto();
});

describe('a photo is made anew', () => {
  test('without place, device and what hides behind it; upright', async () => {
    const hidden = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
    const clean = await cleanPicture(hidden, rules);
    expect([clean.width, clean.height]).toEqual([200, 400]);
    expect((await sharp(clean.bytes).metadata()).exif).toBeUndefined();
    expect(clean.bytes.includes('SecretPhone')).toBe(false);
    expect(clean.bytes.includes('<script>')).toBe(false);
  });

  test('a large one becomes small enough to keep', async () => {
    const large = sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888' } });
    const clean = await cleanPicture(await large.png().toBuffer(), rules);
    expect([clean.width, clean.height]).toEqual([1600, 1200]);
  });

  test('a screenshot may stay a sharp PNG, but not when that is too large', async () => {
    const side = { width: 300, height: 300, channels: 3 } as const;
    const plain = await sharp({ create: { ...side, background: '#fff' } })
      .png()
      .toBuffer();
    const drawing = { ...rules, keepsPng: true };
    expect((await cleanPicture(plain, drawing)).mediaType).toBe('image/png');
    let seed = 7;
    const noise = Buffer.from(
      Array.from({ length: 270_000 }, () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return seed >> 16;
      }),
    );
    const large = await sharp(noise, { raw: side }).png().toBuffer();
    const tight = { maxBytes: large.length - 1, keepsPng: true };
    await expect(cleanPicture(large, tight)).rejects.toThrow(/PICTURE_TOO_LARGE/);
    const noisy = await sharp(noise, { raw: side }).jpeg({ quality: 95 }).toBuffer();
    const small = { maxBytes: noisy.length, keepsPng: true };
    expect((await cleanPicture(noisy, small)).mediaType).toBe('image/jpeg');
  });

  test.each([
    ['a page that calls itself a photo', Buffer.from('<html><script>alert(1)</script>'), 'KIND'],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'KIND'],
    ['a program', Buffer.from('MZ\u0090\u0000'), 'KIND'],
    ['nothing', Buffer.alloc(0), 'KIND'],
    ['a head without a body', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), 'DAMAGED'],
    ['thirteen megabytes', Buffer.alloc(13 * 1024 * 1024, 0xff), 'LARGE'],
  ])('%s is refused', async (_name, bytes, why) => {
    await expect(cleanPicture(bytes, rules)).rejects.toThrow(new RegExp(`PICTURE_.*${why}`));
  });

  test('a few bytes that unpack to gigabytes are refused before they unpack', async () => {
    const bomb = Buffer.from(await onePixelPng());
    // Width and height stand in the header at 16 and 20; its checksum follows at 29.
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await expect(cleanPicture(bomb, rules)).rejects.toThrow(/PICTURE_DAMAGED/);
  });
});

async function onePixelPng(): Promise<Buffer> {
  return await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
