import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { maxPictureBytes, pictureTypeOf } from '../domain/picture-type.ts';
import { contentErrors } from '../errors.ts';
import { insertPicture } from '../store/article-store.ts';

/** Keeps a picture for articles and announcements. @throws PICTURE_REFUSED */
export async function keepPicture(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, bytes }: { readonly actor: StaffActor; readonly bytes: Buffer },
): Promise<{ readonly id: string }> {
  const type = pictureTypeOf(bytes);
  if (!type || bytes.length > maxPictureBytes) throw contentErrors.PICTURE_REFUSED();
  const at = deps.clock.now();
  const id = newId(at);
  await deps.db.transaction(actor.companyId, (tx) =>
    insertPicture(tx, { id, type, bytes, at, by: actor.name }),
  );
  return { id };
}
