import { createHash } from 'node:crypto';
import type { PhotoView } from '@wuye-pay/contract';
import { derivedId, newId } from '../../../platform/id.ts';
import { cleanPicture } from '../../../platform/picture.ts';
import type { FeedbackDeps } from '../deps.ts';
import { feedbackErrors } from '../errors.ts';
import { maxPhotoBytes } from '../limits.ts';
import { type PhotoReader, photoFor } from '../queries/photo.ts';
import { insertPhoto } from '../store/photo-store.ts';
import { type Spending, spend } from '../store/quota-store.ts';

const purpose = 'ticket.photo';

export interface PhotoUpload {
  readonly companyId: string;
  /** As ownerKeyOf says. */
  readonly ownerKey: string;
  /** What is counted of whom; nothing of staff. */
  readonly spendings: readonly Spending[];
  readonly bytes: Buffer;
  /** Of a form that may be sent twice: the same photo then. */
  readonly onceKey?: string;
}

/**
 * Keeps a photo, made anew and encrypted, until it is sent with a ticket or message.
 * @throws FEEDBACK_TOO_OFTEN, and what cleanPicture throws
 */
export async function keepPhoto(deps: FeedbackDeps, upload: PhotoUpload): Promise<PhotoView> {
  const { companyId, ownerKey, spendings } = upload;
  const at = deps.clock.now();
  // Counted before the work, so that pictures that cannot be opened are not for nothing.
  if (spendings.length > 0) {
    await deps.db.transaction(companyId, (tx) => spend(tx, at, spendings));
  }
  const clean = await cleanPicture(upload.bytes, { maxBytes: maxPhotoBytes });
  const { bytes, mediaType, width, height } = clean;
  const sha256 = createHash('sha256').update(bytes).digest();
  const id =
    upload.onceKey === undefined
      ? newId(at)
      : derivedId(companyId, 'feedback.photo', ownerKey, upload.onceKey, sha256.toString('hex'));
  const cipher = deps.secrets.seal(companyId, purpose, bytes.toString('base64'));
  await deps.db.transaction(companyId, (tx) =>
    insertPhoto(tx, {
      ...{ id, ownerKey, mediaType, width, height, cipher, createdAt: at },
      sizeBytes: bytes.length,
      sha256,
    }),
  );
  return { id, width, height };
}

/** Photos that came with a form, in its order. @returns their ids */
export async function keepPhotos(
  deps: FeedbackDeps,
  { photos, ...upload }: Omit<PhotoUpload, 'bytes'> & { readonly photos: readonly Buffer[] },
): Promise<string[]> {
  const ids: string[] = [];
  for (const bytes of photos) ids.push((await keepPhoto(deps, { ...upload, bytes })).id);
  return ids;
}

/** @throws PHOTO_NOT_FOUND, also for a photo that the reader may not see */
export async function showPhoto(
  deps: Pick<FeedbackDeps, 'db' | 'secrets'>,
  { companyId, ...wanted }: PhotoReader & { readonly companyId: string },
): Promise<{ readonly bytes: Buffer; readonly mediaType: string }> {
  const photo = await deps.db.read(companyId, (tx) => photoFor(tx, wanted));
  if (!photo) throw feedbackErrors.PHOTO_NOT_FOUND();
  const clear = deps.secrets.open(companyId, purpose, photo.cipher);
  return { bytes: Buffer.from(clear, 'base64'), mediaType: photo.mediaType };
}
