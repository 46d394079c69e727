import type { AnnouncementBody, AnnouncementFilter, AnnouncementView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { newId } from '../../../platform/id.ts';
import { contentErrors } from '../errors.ts';
import { type Announcement, listAnnouncements } from '../queries/announcements.ts';
import { communityIsOurs } from '../queries/communities.ts';
import {
  insertAnnouncement,
  lockAnnouncement,
  publishAnnouncement,
  rewriteAnnouncement,
  withdrawAnnouncement,
} from '../store/announcement-store.ts';
import { refuseUnknownPictures } from './edit-article.ts';

type AnnounceDeps = Pick<Deps, 'db' | 'clock'>;
interface ByStaff {
  readonly actor: StaffActor;
  readonly announcementId: string;
}

/** A draft that nobody sees yet. @returns its id */
export async function draftAnnouncement(
  deps: AnnounceDeps,
  { actor, text }: { readonly actor: StaffActor; readonly text: AnnouncementBody },
): Promise<string> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    const id = newId(at);
    await insertAnnouncement(tx, id, await checked(tx, text), { at, by: actor.name });
    await audit(tx, deps, { actor, announcementId: id }, 'content.draft_announcement', text.title);
    return id;
  });
}

/** @throws ANNOUNCEMENT_NOT_FOUND, ANNOUNCEMENT_PUBLISHED */
export async function rewriteDraft(
  deps: AnnounceDeps,
  { text, ...of }: ByStaff & { readonly text: AnnouncementBody },
): Promise<void> {
  await deps.db.transaction(of.actor.companyId, async (tx) => {
    const state = await stateOf(tx, of.announcementId);
    if (state !== 'draft') throw contentErrors.ANNOUNCEMENT_PUBLISHED();
    await rewriteAnnouncement(tx, of.announcementId, await checked(tx, text));
    await audit(tx, deps, of, 'content.edit_announcement', text.title);
  });
}

/** Shows it to residents at once; a second time changes nothing. @throws as rewriteDraft */
export async function publish(deps: AnnounceDeps, of: ByStaff): Promise<void> {
  await deps.db.transaction(of.actor.companyId, async (tx) => {
    const state = await stateOf(tx, of.announcementId);
    if (state === 'published') return;
    if (state !== 'draft') throw contentErrors.ANNOUNCEMENT_PUBLISHED();
    const deed = { at: deps.clock.now(), by: of.actor.name };
    await publishAnnouncement(tx, of.announcementId, deed);
    await audit(tx, deps, of, 'content.publish_announcement');
  });
}

/** Residents see it no more; it stays for the record. @throws ANNOUNCEMENT_NOT_SHOWN */
export async function withdraw(deps: AnnounceDeps, of: ByStaff): Promise<void> {
  await deps.db.transaction(of.actor.companyId, async (tx) => {
    const state = await stateOf(tx, of.announcementId);
    if (state === 'withdrawn') return;
    if (state !== 'published') throw contentErrors.ANNOUNCEMENT_NOT_SHOWN();
    const deed = { at: deps.clock.now(), by: of.actor.name };
    await withdrawAnnouncement(tx, of.announcementId, deed);
    await audit(tx, deps, of, 'content.withdraw_announcement');
  });
}

const usualLimit = 50;

export async function announcementsForStaff(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  filter: AnnouncementFilter,
): Promise<{ items: AnnouncementView[]; next: string | null }> {
  const limit = filter.limit ?? usualLimit;
  const rows = await deps.db.read(companyId, (tx) => listAnnouncements(tx, { ...filter, limit }));
  const items = rows.slice(0, limit).map(announcementView);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** @throws ANNOUNCEMENT_NOT_FOUND */
export async function announcementForStaff(
  deps: Pick<Deps, 'db'>,
  companyId: string,
  id: string,
): Promise<AnnouncementView> {
  const [row] = await deps.db.read(companyId, (tx) => listAnnouncements(tx, { id, limit: 1 }));
  if (!row) throw contentErrors.ANNOUNCEMENT_NOT_FOUND();
  return announcementView(row);
}

async function stateOf(tx: Tx, announcementId: string) {
  const known = await lockAnnouncement(tx, announcementId);
  if (!known) throw contentErrors.ANNOUNCEMENT_NOT_FOUND();
  return known.state;
}

/** @throws INPUT_INVALID for a community or a picture that is not the company's */
async function checked(tx: Tx, text: AnnouncementBody) {
  const { communityId = null, isPinned = false, expiresOn = null, kind, title, body } = text;
  if (communityId !== null && !(await communityIsOurs(tx, communityId))) {
    const problem = { field: 'communityId', reason: '没有这个小区 / no such community' };
    throw platformErrors.INPUT_INVALID({ problems: [problem] });
  }
  await refuseUnknownPictures(tx, { body });
  return { communityId, isPinned, expiresOn, kind, title: title.trim(), body };
}

async function audit(
  tx: Tx,
  deps: AnnounceDeps,
  { actor, announcementId }: ByStaff,
  deed: string,
  title?: string,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action: deed,
    subjectKind: 'announcement',
    subjectId: announcementId,
    ...(title !== undefined && { detail: { title } }),
  });
}

function announcementView(row: Announcement): AnnouncementView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
  };
}
