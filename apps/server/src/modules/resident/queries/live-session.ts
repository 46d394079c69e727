import { sql, type Tx } from '../../../platform/database/index.ts';

export interface LiveSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly phoneMasked: string | null;
  readonly language: 'zh' | 'en';
  readonly lastSeenAt: Date;
}

/** The session of a token if it is not over and its account is active. */
export async function liveSession(
  tx: Tx,
  input: { readonly tokenSha256: Buffer; readonly at: Date },
): Promise<LiveSession | undefined> {
  return await tx.maybe(sql<LiveSession>`
    select session.id as "sessionId", account.id as "accountId",
      account.phone_masked as "phoneMasked", account.language, session.last_seen_at as "lastSeenAt"
    from resident.session as session
    join resident.account as account
      on account.company_id = session.company_id and account.id = session.account_id
    where session.company_id = ${tx.companyId} and session.token_sha256 = ${input.tokenSha256}
      and session.revoked_at is null and session.expires_at > ${input.at}
      and account.state = 'active'`);
}
