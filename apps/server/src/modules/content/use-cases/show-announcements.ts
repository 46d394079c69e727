import type { ResidentActor } from '../../../platform/actor.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { feeStandardsOf } from '../../charging/index.ts';
import { homesOf } from '../../resident/index.ts';
import { contentErrors } from '../errors.ts';
import { companyFacts, shownAnnouncements } from '../queries/announcements.ts';
import { recordReading } from '../store/announcement-store.ts';

type ShowDeps = Pick<Deps, 'db' | 'clock'>;

/** What the company tells the communities of a resident's homes. */
export async function announcementsOf(deps: ShowDeps, actor: ResidentActor) {
  const shown = await deps.db.read(actor.companyId, async (tx) =>
    shownAnnouncements(tx, await readerOf(tx, deps, actor)),
  );
  return {
    items: shown.map(({ body: _body, publishedAt, ...item }) => ({
      ...item,
      publishedAt: publishedAt.toISOString(),
    })),
    unread: shown.filter(({ isRead }) => !isRead).length,
  };
}

/** One of them, which counts as read. @throws ANNOUNCEMENT_NOT_FOUND */
export async function readAnnouncement(
  deps: ShowDeps,
  actor: ResidentActor,
  announcementId: string,
) {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const reader = await readerOf(tx, deps, actor);
    const [found] = await shownAnnouncements(tx, { ...reader, id: announcementId });
    if (!found) throw contentErrors.ANNOUNCEMENT_NOT_FOUND();
    const id = derivedId(tx.companyId, 'announcement-read', announcementId, actor.id);
    const at = deps.clock.now();
    await recordReading(tx, { id, announcementId, accountId: actor.id, at });
    const { name: companyName } = await companyFacts(tx);
    return { ...found, publishedAt: found.publishedAt.toISOString(), isRead: true, companyName };
  });
}

/**
 * What homes of a community pay, worked out from the tariffs themselves.
 * @throws ANNOUNCEMENT_NOT_FOUND for a community in which the resident has no home
 */
export async function feeStandards(deps: ShowDeps, actor: ResidentActor, communityId: string) {
  return await deps.db.read(actor.companyId, async (tx) => {
    const homes = await homesOf(tx, actor.id);
    const home = homes.find((each) => each.communityId === communityId);
    if (!home) throw contentErrors.ANNOUNCEMENT_NOT_FOUND();
    const company = await companyFacts(tx);
    const day = dayOf(deps.clock.now(), company.timeZone);
    const items = await feeStandardsOf(tx, { communityId, day });
    return {
      communityName: home.communityName,
      companyName: company.name,
      items: items.map((item) => ({ ...item, formula: { ...item.formula } })),
    };
  });
}

async function readerOf(tx: Tx, deps: ShowDeps, actor: ResidentActor) {
  const homes = await homesOf(tx, actor.id);
  const { timeZone } = await companyFacts(tx);
  return {
    accountId: actor.id,
    communityIds: [...new Set(homes.map(({ communityId }) => communityId))],
    day: dayOf(deps.clock.now(), timeZone),
  };
}
