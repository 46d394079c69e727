import sharp from 'sharp';
import { platformErrors } from './errors.ts';

// One picture at a time a thread, nothing kept: many may arrive together.
sharp.cache(false);
sharp.concurrency(1);

/** Of a phone's camera at most 200 million; more is a bomb. Read line by line. */
const maxPixels = 120_000_000;
/** Enough to read a meter or a bill on it. */
const longestSide = 1600;
const quality = 80;
const bytesInMb = 1024 * 1024;

export interface CleanPicture {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
}

export interface PictureRules {
  /** Of the upload. */
  readonly maxBytes: number;
  /** A drawing or screenshot stays a sharp PNG, unless that is larger than an upload may be. */
  readonly keepsPng?: boolean;
}

/**
 * A picture made anew from its pixels: upright, of a bounded size, without place, device or what
 * was hidden behind it. What it is, its first bytes say; its name and declared type do not.
 * @throws PICTURE_TOO_LARGE, PICTURE_KIND_WRONG, PICTURE_DAMAGED
 */
export async function cleanPicture(upload: Buffer, rules: PictureRules): Promise<CleanPicture> {
  requireSmall(upload.length <= rules.maxBytes, rules.maxBytes);
  const kind = kindOf(upload);
  if (!kind) throw platformErrors.PICTURE_KIND_WRONG();
  if (rules.keepsPng && kind === 'png') {
    const clean = await encoded(upload, 'image/png');
    if (clean.bytes.length <= rules.maxBytes) return clean;
  }
  const clean = await encoded(upload, 'image/jpeg');
  requireSmall(clean.bytes.length <= rules.maxBytes, rules.maxBytes);
  return clean;
}

/** @throws PICTURE_TOO_LARGE */
export function requireSmall(isSmall: boolean, maxBytes: number): void {
  if (isSmall) return;
  throw platformErrors.PICTURE_TOO_LARGE({ values: { limitMb: maxBytes / bytesInMb } });
}

async function encoded(
  upload: Buffer,
  mediaType: CleanPicture['mediaType'],
): Promise<CleanPicture> {
  const input = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const;
  try {
    const pixels = sharp(upload, input)
      .rotate()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true });
    const output =
      mediaType === 'image/png'
        ? pixels.png()
        : pixels.flatten({ background: '#fff' }).jpeg({ quality, mozjpeg: false });
    const { data, info } = await output.toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType, width: info.width, height: info.height };
  } catch (error) {
    // Whatever the library could not read: the uploader can only take another picture.
    throw platformErrors.PICTURE_DAMAGED({ cause: error });
  }
}

function kindOf(bytes: Buffer): 'jpeg' | 'png' | 'webp' | undefined {
  const starts = (...values: number[]) => values.every((value, index) => bytes[index] === value);
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  const isRiff = starts(0x52, 0x49, 0x46, 0x46);
  return isRiff && bytes.subarray(8, 12).toString('latin1') === 'WEBP' ? 'webp' : undefined;
}
