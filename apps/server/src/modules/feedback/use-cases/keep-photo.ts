import { createHash } from 'node:crypto';
import type { PhotoView } from '@wuye-pay/contract';
import { newId } from '../../../platform/id.ts';
import { cleanPhoto } from '../clean-photo.ts';
import type { FeedbackDeps } from '../deps.ts';
import { feedbackErrors } from '../errors.ts';
import { accountPhotos } from '../limits.ts';
import { type PhotoReader, photoFor } from '../queries/photo.ts';
import { insertPhoto } from '../store/photo-store.ts';
import { spend } from '../store/quota-store.ts';

const purpose = 'ticket.photo';

export interface PhotoUpload {
  readonly companyId: string;
  /** As ownerKeyOf says. */
  readonly ownerKey: string;
  /** Whether what they may upload in a day is counted. */
  readonly isCounted: boolean;
  readonly bytes: Buffer;
}

/**
 * Keeps a photo, made anew and encrypted, until it is sent with a ticket or message.
 * @throws PHOTO_TOO_LARGE, PHOTO_KIND_WRONG, PHOTO_DAMAGED, FEEDBACK_TOO_OFTEN
 */
export async function keepPhoto(deps: FeedbackDeps, upload: PhotoUpload): Promise<PhotoView> {
  const { companyId, ownerKey, isCounted } = upload;
  const { bytes, mediaType, width, height } = await cleanPhoto(upload.bytes);
  const at = deps.clock.now();
  const id = newId(at);
  await deps.db.transaction(companyId, async (tx) => {
    if (isCounted) await spend(tx, at, [{ quota: accountPhotos, of: ownerKey }]);
    await insertPhoto(tx, {
      ...{ id, ownerKey, mediaType, width, height },
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest(),
      cipher: deps.secrets.seal(companyId, purpose, bytes.toString('base64')),
      createdAt: at,
    });
  });
  return { id, width, height };
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
