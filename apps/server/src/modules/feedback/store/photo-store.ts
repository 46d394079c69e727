import { sql, type Tx } from '../../../platform/database/index.ts';
import { feedbackErrors } from '../errors.ts';

export interface NewPhoto {
  readonly id: string;
  readonly ownerKey: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly cipher: Buffer;
  readonly createdAt: Date;
}

/** The same id again is the same photo. */
export async function insertPhoto(tx: Tx, photo: NewPhoto): Promise<void> {
  await tx.run(sql`
    insert into feedback.photo (company_id, id, owner_key, media_type, width, height, size_bytes,
      sha256, cipher, created_at)
    values (${tx.companyId}, ${photo.id}, ${photo.ownerKey}, ${photo.mediaType}, ${photo.width},
      ${photo.height}, ${photo.sizeBytes}, ${photo.sha256}, ${photo.cipher}, ${photo.createdAt})
    on conflict (company_id, id) do nothing`);
}

export interface PhotoPlace {
  readonly photoIds: readonly string[];
  readonly ownerKey: string;
  readonly ticketId: string;
  readonly entryId: string;
}

/** Puts uploaded photos to an entry. @throws PHOTO_NOT_FOUND for another's or one sent before */
export async function placePhotos(tx: Tx, place: PhotoPlace): Promise<void> {
  if (place.photoIds.length === 0) return;
  const placed = await tx.run(sql`
    update feedback.photo set ticket_id = ${place.ticketId}, entry_id = ${place.entryId}
    where company_id = ${tx.companyId} and id = any (${place.photoIds}::uuid[])
      and owner_key = ${place.ownerKey} and ticket_id is null`);
  if (placed !== place.photoIds.length) throw feedbackErrors.PHOTO_NOT_FOUND();
}

/** @returns how many that were never sent were deleted */
export async function forgetPhotos(tx: Tx, before: Date): Promise<number> {
  return await tx.run(sql`
    delete from feedback.photo
    where company_id = ${tx.companyId} and ticket_id is null and created_at < ${before}`);
}
