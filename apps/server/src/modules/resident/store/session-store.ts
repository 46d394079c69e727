import { sql, type Tx } from '../../../platform/database/index.ts';
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
