import { sql, type Tx } from '../../../platform/database/index.ts';

export interface NewSession {
  readonly id: string;
  readonly staffId: string;
  readonly tokenSha256: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly ip: string;
  readonly userAgent: string | null;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.run(sql`
    insert into identity.session (company_id, id, staff_id, token_sha256, created_at, last_seen_at,
      expires_at, ip, user_agent)
    values (${tx.companyId}, ${session.id}, ${session.staffId}, ${session.tokenSha256},
      ${session.createdAt}, ${session.createdAt}, ${session.expiresAt}, ${session.ip},
      ${session.userAgent})`);
}

export async function recordSignIn(tx: Tx, staffId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update identity.staff set last_sign_in_at = ${at}
    where company_id = ${tx.companyId} and id = ${staffId}`);
}

export async function touchSession(tx: Tx, sessionId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update identity.session set last_seen_at = ${at}
    where company_id = ${tx.companyId} and id = ${sessionId} and last_seen_at < ${at}`);
}

/** @returns whose session it was */
export async function revokeSession(
  tx: Tx,
  tokenSha256: Buffer,
  at: Date,
): Promise<{ staffId: string } | undefined> {
  return await tx.maybe(sql<{ staffId: string }>`
    update identity.session set revoked_at = ${at}
    where company_id = ${tx.companyId} and token_sha256 = ${tokenSha256} and revoked_at is null
    returning staff_id as "staffId"`);
}

export async function revokeSessionsOf(tx: Tx, staffId: string, at: Date): Promise<number> {
  return await tx.run(sql`
    update identity.session set revoked_at = ${at}
    where company_id = ${tx.companyId} and staff_id = ${staffId} and revoked_at is null`);
}

export async function deleteEndedSessions(tx: Tx, before: Date): Promise<number> {
  return await tx.run(sql`
    delete from identity.session where company_id = ${tx.companyId} and expires_at < ${before}`);
}
