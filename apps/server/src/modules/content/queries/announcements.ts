import { emptySql, sql, type Tx } from '../../../platform/database/index.ts';

export interface Announcement {
  readonly id: string;
  readonly communityId: string | null;
  readonly communityName: string | null;
  readonly kind: 'news' | 'disclosure';
  readonly title: string;
  readonly body: string;
  readonly isPinned: boolean;
  readonly state: 'draft' | 'published' | 'withdrawn';
  readonly expiresOn: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly publishedAt: Date | null;
  readonly readers: number;
}

export interface AnnouncementQuery {
  readonly id?: string;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly communityId?: string | undefined;
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** For staff, newest first; one more than the limit tells that there is another page. */
export async function listAnnouncements(
  tx: Tx,
  query: AnnouncementQuery,
): Promise<readonly Announcement[]> {
  const { id, state, kind, communityId, after } = query;
  return await tx.many(sql<Announcement>`
    select a.id, a.community_id as "communityId", community.name as "communityName", a.kind,
      a.title, a.body, a.is_pinned as "isPinned", a.state, a.expires_on as "expiresOn",
      a.created_at as "createdAt", a.created_by as "createdBy", a.published_at as "publishedAt",
      (select count(*) from content.announcement_read as seen
        where seen.company_id = a.company_id and seen.announcement_id = a.id) as readers
    from content.announcement as a
    left join estate.pub_community as community
      on community.company_id = a.company_id and community.id = a.community_id
    where a.company_id = ${tx.companyId}
      ${id === undefined ? emptySql : sql`and a.id = ${id}`}
      ${state === undefined ? emptySql : sql`and a.state = ${state}`}
      ${kind === undefined ? emptySql : sql`and a.kind = ${kind}`}
      ${communityId === undefined ? emptySql : sql`and a.community_id = ${communityId}`}
      ${after === undefined ? emptySql : sql`and a.id < ${after}`}
    order by a.id desc limit ${query.limit + 1}`);
}

export interface ShownAnnouncement {
  readonly id: string;
  readonly kind: 'news' | 'disclosure';
  readonly title: string;
  readonly body: string;
  readonly isPinned: boolean;
  readonly publishedAt: Date;
  readonly isRead: boolean;
}

const mostShown = 100;

/** What a resident of these communities sees today: pinned first, then newest. */
export async function shownAnnouncements(
  tx: Tx,
  seen: {
    readonly accountId: string;
    readonly communityIds: readonly string[];
    readonly day: string;
    readonly id?: string;
  },
): Promise<readonly ShownAnnouncement[]> {
  return await tx.many(sql<ShownAnnouncement>`
    select a.id, a.kind, a.title, a.body, a.is_pinned as "isPinned",
      a.published_at as "publishedAt", seen.id is not null as "isRead"
    from content.announcement as a
    left join content.announcement_read as seen
      on seen.company_id = a.company_id and seen.announcement_id = a.id
        and seen.account_id = ${seen.accountId}
    where a.company_id = ${tx.companyId} and a.state = 'published'
      and (a.community_id is null or a.community_id = any (${[...seen.communityIds]}::uuid[]))
      and (a.expires_on is null or a.expires_on >= ${seen.day})
      ${seen.id === undefined ? emptySql : sql`and a.id = ${seen.id}`}
    order by a.is_pinned desc, a.published_at desc limit ${mostShown}`);
}

export interface CompanyFacts {
  readonly name: string;
  readonly timeZone: string;
}

export async function companyFacts(tx: Tx): Promise<CompanyFacts> {
  return await tx.one(sql<CompanyFacts>`
    select name, time_zone as "timeZone" from identity.company where id = ${tx.companyId}`);
}
