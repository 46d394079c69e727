import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import { estateErrors } from '../errors.ts';
import { insertCommunity } from '../store/community-store.ts';

export interface CreateCommunityInput {
  readonly actor: Actor;
  readonly name: string;
  readonly address: string | null;
}

/** @throws COMMUNITY_EXISTS */
export function createCommunity(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, name, address }: CreateCommunityInput,
): Promise<{ readonly communityId: string }> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    const createdAt = deps.clock.now();
    const id = newId(createdAt);
    const isNew = await insertCommunity(tx, { id, name: name.trim(), address, createdAt });
    if (!isNew) throw estateErrors.COMMUNITY_EXISTS({ values: { name } });
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'estate.create_community',
      subjectKind: 'community',
      subjectId: id,
      detail: { name: name.trim() },
    });
    return { communityId: id };
  });
}
