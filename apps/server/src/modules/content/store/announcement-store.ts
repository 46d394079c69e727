import { sql, type Tx } from '../../../platform/database/index.ts';

export interface AnnouncementText {
  readonly communityId: string | null;
  readonly kind: 'news' | 'disclosure';
  readonly title: string;
  readonly body: string;
  readonly isPinned: boolean;
  readonly expiresOn: string | null;
}

interface Deed {
  readonly at: Date;
  readonly by: string;
}

export async function insertAnnouncement(
  tx: Tx,
  id: string,
  text: AnnouncementText,
  { at, by }: Deed,
): Promise<void> {
  await tx.run(sql`
    insert into content.announcement (company_id, id, community_id, kind, title, body, is_pinned,
      expires_on, created_at, created_by)
    values (${tx.companyId}, ${id}, ${text.communityId}, ${text.kind}, ${text.title}, ${text.body},
      ${text.isPinned}, ${text.expiresOn}, ${at}, ${by})`);
}

export async function lockAnnouncement(
  tx: Tx,
  id: string,
): Promise<{ readonly state: 'draft' | 'published' | 'withdrawn' } | undefined> {
  return await tx.maybe(sql<{ state: 'draft' | 'published' | 'withdrawn' }>`
    select state from content.announcement
    where company_id = ${tx.companyId} and id = ${id} for update`);
}

export async function rewriteAnnouncement(
  tx: Tx,
  id: string,
  text: AnnouncementText,
): Promise<void> {
  await tx.run(sql`
    update content.announcement set community_id = ${text.communityId}, kind = ${text.kind},
      title = ${text.title}, body = ${text.body}, is_pinned = ${text.isPinned},
      expires_on = ${text.expiresOn}
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function publishAnnouncement(tx: Tx, id: string, { at, by }: Deed): Promise<void> {
  await tx.run(sql`
    update content.announcement set state = 'published', published_at = ${at},
      published_by = ${by}
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function withdrawAnnouncement(tx: Tx, id: string, { at, by }: Deed): Promise<void> {
  await tx.run(sql`
    update content.announcement set state = 'withdrawn', withdrawn_at = ${at},
      withdrawn_by = ${by}
    where company_id = ${tx.companyId} and id = ${id}`);
}

export async function recordReading(
  tx: Tx,
  reading: {
    readonly id: string;
    readonly announcementId: string;
    readonly accountId: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into content.announcement_read (company_id, id, announcement_id, account_id, read_at)
    values (${tx.companyId}, ${reading.id}, ${reading.announcementId}, ${reading.accountId},
      ${reading.at})
    on conflict do nothing`);
}
