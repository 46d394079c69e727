import type { StaffActor } from '../../../platform/actor.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { cleanPicture } from '../../../platform/picture.ts';
import { maxPictureBytes } from '../limits.ts';
import { insertPicture } from '../store/article-store.ts';

/** Keeps a picture for articles and announcements, made anew. @throws what cleanPicture throws */
export async function keepPicture(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, bytes }: { readonly actor: StaffActor; readonly bytes: Buffer },
): Promise<{ readonly id: string }> {
  const picture = await cleanPicture(bytes, { maxBytes: maxPictureBytes, keepsPng: true });
  const at = deps.clock.now();
  const id = newId(at);
  await deps.db.transaction(actor.companyId, (tx) =>
    insertPicture(tx, {
      ...{ id, type: picture.mediaType, bytes: picture.bytes, at, by: actor.name },
    }),
  );
  return { id };
}
