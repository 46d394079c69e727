import { joinSql, type Statement, sql, type Tx } from '../../../platform/database/index.ts';
import type { BindingRole } from './homes.ts';

export type ApplicationState = 'open' | 'approved' | 'rejected' | 'withdrawn';

const photoCount = sql`(select count(*) from resident.application_photo as photo
  where photo.company_id = application.company_id and photo.application_id = application.id)`;
const ofUnit = sql`join estate.pub_unit as unit
    on unit.company_id = application.company_id and unit.id = application.unit_id
  join estate.pub_community as community
    on community.company_id = unit.company_id and community.id = unit.community_id`;

export interface MyApplicationRow {
  readonly id: string;
  readonly communityName: string;
  readonly label: string;
  readonly role: BindingRole;
  readonly reason: string | null;
  readonly photos: number;
  readonly state: ApplicationState;
  readonly decisionReason: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/** Newest first. */
export async function myApplications(tx: Tx, accountId: string): Promise<MyApplicationRow[]> {
  return await tx.many(sql<MyApplicationRow>`
    select application.id, community.name as "communityName", unit.label, application.role,
      application.reason, ${photoCount} as photos, application.state,
      application.decision_reason as "decisionReason", application.created_at as "createdAt",
      application.decided_at as "decidedAt"
    from resident.application as application ${ofUnit}
    where application.company_id = ${tx.companyId} and application.account_id = ${accountId}
    order by application.created_at desc, application.id desc limit 100`);
}

export interface ApplicationRow {
  readonly applicationId: string;
  readonly residentId: string;
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
  readonly role: BindingRole;
  readonly photos: number;
  readonly state: ApplicationState;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const rowColumns = sql`application.id as "applicationId", application.account_id as "residentId",
  account.display_name as "displayName", account.phone_masked as "phoneMasked",
  application.unit_id as "unitId", community.name as "communityName", unit.label,
  application.role, ${photoCount} as photos, application.state,
  application.created_at as "createdAt", application.decided_at as "decidedAt"`;
const ofAccount = sql`join resident.account as account
  on account.company_id = application.company_id and account.id = application.account_id`;

export interface ApplicationFilter {
  readonly communityId?: string;
  readonly state?: ApplicationState;
  /** Creation and id of the last row of the page before. */
  readonly after: readonly (string | number)[] | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listApplications(tx: Tx, filter: ApplicationFilter) {
  const { communityId, state, after, limit } = filter;
  const where: Statement[] = [sql`application.company_id = ${tx.companyId}`];
  if (communityId !== undefined) where.push(sql`unit.community_id = ${communityId}`);
  if (state !== undefined) where.push(sql`application.state = ${state}`);
  if (after) {
    where.push(sql`(application.created_at, application.id)
      < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  return await tx.many(sql<ApplicationRow>`
    select ${rowColumns}
    from resident.application as application ${ofAccount} ${ofUnit}
    where ${joinSql(where, ' and ')}
    order by application.created_at desc, application.id desc limit ${limit}`);
}

export interface ApplicationDetailRow extends ApplicationRow {
  readonly nameMasked: string | null;
  readonly nameCipher: Buffer | null;
  readonly phoneCipher: Buffer | null;
  readonly reason: string | null;
  readonly photoIds: readonly string[];
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
}

export async function applicationDetail(
  tx: Tx,
  applicationId: string,
): Promise<ApplicationDetailRow | undefined> {
  return await tx.maybe(sql<ApplicationDetailRow>`
    select ${rowColumns}, application.name_masked as "nameMasked",
      application.name_cipher as "nameCipher", account.phone_cipher as "phoneCipher",
      application.reason, application.decided_by_name as "decidedBy",
      application.decision_reason as "decisionReason",
      (select coalesce(jsonb_agg(photo.id order by photo.id), '[]')
        from resident.application_photo as photo
        where photo.company_id = application.company_id
          and photo.application_id = application.id) as "photoIds"
    from resident.application as application ${ofAccount} ${ofUnit}
    where application.company_id = ${tx.companyId} and application.id = ${applicationId}`);
}

export interface PhotoRow {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly contentCipher: Buffer;
}

export async function photoOf(
  tx: Tx,
  { applicationId, proofId }: { readonly applicationId: string; readonly proofId: string },
): Promise<PhotoRow | undefined> {
  return await tx.maybe(sql<PhotoRow>`
    select media_type as "mediaType", content_cipher as "contentCipher"
    from resident.application_photo
    where company_id = ${tx.companyId} and application_id = ${applicationId} and id = ${proofId}`);
}
