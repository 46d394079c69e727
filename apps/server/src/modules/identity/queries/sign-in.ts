import { type Queryable, type Statement, sql, type Tx } from '../../../platform/database/index.ts';

/** Whose login name it is, in the directory of all companies. */
export async function ownerOfLoginName(
  db: Queryable,
  loginName: string,
): Promise<{ companyId: string; staffId: string } | undefined> {
  return await db.maybe(sql<{ companyId: string; staffId: string }>`
    select company_id as "companyId", staff_id as "staffId"
    from identity.login_name where login_name = ${loginName}`);
}

export interface Credentials {
  readonly staffId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly state: 'active' | 'disabled';
}

export async function credentialsOf(tx: Tx, staffId: string): Promise<Credentials | undefined> {
  return await tx.maybe(sql<Credentials>`
    select id as "staffId", login_name as "loginName", display_name as "displayName",
      password_hash as "passwordHash", state
    from identity.staff where company_id = ${tx.companyId} and id = ${staffId}`);
}

export interface LiveSession {
  readonly sessionId: string;
  readonly staffId: string;
  readonly displayName: string;
  readonly timeZone: string;
  readonly lastSeenAt: Date;
  readonly permissions: string[];
}

/** The session of a token if it is not over and its owner is active. */
export async function liveSession(
  tx: Tx,
  input: { tokenSha256: Buffer; at: Date; seenAfter: Date },
): Promise<LiveSession | undefined> {
  return await tx.maybe(sql<LiveSession>`
    select session.id as "sessionId", staff.id as "staffId", staff.display_name as "displayName",
      session.last_seen_at as "lastSeenAt", company.time_zone as "timeZone",
      ${permissionsOfStaff(tx.companyId)} as permissions
    from identity.session as session
    join identity.staff as staff
      on staff.company_id = session.company_id and staff.id = session.staff_id
    join identity.company as company on company.id = session.company_id
    where session.company_id = ${tx.companyId} and session.token_sha256 = ${input.tokenSha256}
      and session.revoked_at is null and session.expires_at > ${input.at}
      and session.last_seen_at > ${input.seenAfter} and staff.state = 'active'`);
}

/** All that the roles of `staff` allow, each once. */
function permissionsOfStaff(companyId: string): Statement {
  return sql`array(
    select distinct allowed.permission
    from identity.staff_role as granted
    join identity.role as role
      on role.company_id = granted.company_id and role.id = granted.role_id
    cross join unnest(role.permissions) as allowed (permission)
    where granted.company_id = ${companyId} and granted.staff_id = staff.id)`;
}

export interface SignedIn {
  readonly staffId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly companyName: string;
  readonly shortCode: string;
  readonly timeZone: string;
  readonly permissions: string[];
  readonly expiresAt: Date;
}

/** What the session of a token says of its owner; whether it is over was asked before. */
export async function signedIn(tx: Tx, tokenSha256: Buffer): Promise<SignedIn> {
  return await tx.one(sql<SignedIn>`
    select staff.id as "staffId", staff.login_name as "loginName",
      staff.display_name as "displayName", company.name as "companyName", company.short_code as "shortCode",
      company.time_zone as "timeZone", session.expires_at as "expiresAt",
      ${permissionsOfStaff(tx.companyId)} as permissions
    from identity.session as session
    join identity.staff as staff
      on staff.company_id = session.company_id and staff.id = session.staff_id
    join identity.company as company on company.id = session.company_id
    where session.company_id = ${tx.companyId} and session.token_sha256 = ${tokenSha256}`);
}
