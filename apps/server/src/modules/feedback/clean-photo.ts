import sharp from 'sharp';
import { isPhoto } from './domain/photo-kind.ts';
import { feedbackErrors } from './errors.ts';
import { maxPhotoBytes } from './limits.ts';

// One photo at a time a thread, nothing kept: many may arrive together.
sharp.cache(false);
sharp.concurrency(1);

/** Of a phone's camera at most 200 million; more is a bomb. Read line by line. */
const maxPixels = 120_000_000;
/** Enough to read a meter or a bill on it. */
const longestSide = 1600;
const quality = 80;

export interface CleanPhoto {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/**
 * A photo made anew from its pixels: upright, of a bounded size, without place, device or anything
 * that was hidden behind the picture.
 * @throws PHOTO_TOO_LARGE, PHOTO_KIND_WRONG, PHOTO_DAMAGED
 */
export async function cleanPhoto(upload: Buffer): Promise<CleanPhoto> {
  if (upload.length > maxPhotoBytes) {
    throw feedbackErrors.PHOTO_TOO_LARGE({ values: { limitMb: maxPhotoBytes / 1024 / 1024 } });
  }
  if (!isPhoto(upload)) throw feedbackErrors.PHOTO_KIND_WRONG();
  try {
    const { data, info } = await sharp(upload, {
      limitInputPixels: maxPixels,
      failOn: 'error',
      sequentialRead: true,
    })
      .rotate()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality, mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType: 'image/jpeg', width: info.width, height: info.height };
  } catch (error) {
    // Whatever the library could not read: the uploader can only take another photo.
    throw feedbackErrors.PHOTO_DAMAGED({ cause: error });
  }
}
