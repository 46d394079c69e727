import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { Surface } from '../domain/session.ts';

export interface NewSession {
  readonly id: string;
  readonly accountId: string;
  readonly tokenSha256: Buffer;
  readonly surface: Surface;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.run(sql`
    insert into resident.session (company_id, id, account_id, token_sha256, surface, created_at,
      last_seen_at, expires_at, ip, user_agent)
    values (${tx.companyId}, ${session.id}, ${session.accountId}, ${session.tokenSha256},
      ${session.surface}, ${session.createdAt}, ${session.createdAt}, ${session.expiresAt},
      ${session.ip}, ${session.userAgent})`);
}

export async function touchSession(tx: Tx, sessionId: string, at: Date): Promise<void> {
  await tx.run(sql`
    update resident.session set last_seen_at = ${at}
    where company_id = ${tx.companyId} and id = ${sessionId} and last_seen_at < ${at}`);
}

/** @returns whether it was there and not over */
export async function endSession(
  tx: Tx,
  input: { readonly accountId: string; readonly sessionId: string },
  at: Date,
): Promise<boolean> {
  const ended = await tx.run(sql`
    update resident.session set revoked_at = ${at}
    where company_id = ${tx.companyId} and account_id = ${input.accountId}
      and id = ${input.sessionId} and revoked_at is null`);
  return ended === 1;
}

/** The session that a browser had before it signed in anew. */
export async function endSessionOfToken(tx: Tx, tokenSha256: Buffer, at: Date): Promise<void> {
  await tx.run(sql`
    update resident.session set revoked_at = ${at}
    where company_id = ${tx.companyId} and token_sha256 = ${tokenSha256} and revoked_at is null`);
}

/** Ends every session of an account but one. @returns how many */
export async function endSessions(
  tx: Tx,
  input: { readonly accountId: string; readonly but: Buffer | null },
  at: Date,
): Promise<number> {
  return await tx.run(sql`
    update resident.session set revoked_at = ${at}
    where company_id = ${tx.companyId} and account_id = ${input.accountId}
      and revoked_at is null and expires_at > ${at}
      and (${input.but}::bytea is null or token_sha256 <> ${input.but}::bytea)`);
}

/** For the jobs' role: of every company. Until then it says who was signed in from where. */
export async function deleteOldSessions(db: Queryable, before: Date): Promise<number> {
  return await db.run(sql`
    delete from resident.session where expires_at < ${before} or revoked_at < ${before}`);
}
