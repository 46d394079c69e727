import { sql, type Tx } from '../../../platform/database/index.ts';

export interface AccountRow {
  readonly accountId: string;
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
  readonly emailMasked: string | null;
  readonly language: 'zh' | 'en';
  readonly isElder: boolean;
  readonly companyName: string;
  readonly shortCode: string;
  readonly wallets: readonly {
    readonly walletId: string;
    readonly scope: string;
    readonly linkedAt: string;
  }[];
  readonly homes: number;
}

export async function accountRow(tx: Tx, accountId: string): Promise<AccountRow> {
  return await tx.one(sql<AccountRow>`
    select account.id as "accountId", account.display_name as "displayName",
      account.phone_masked as "phoneMasked", account.email_masked as "emailMasked",
      account.language, account.is_elder as "isElder", company.name as "companyName",
      company.short_code as "shortCode",
      (select coalesce(jsonb_agg(jsonb_build_object('walletId', wallet.id, 'scope', wallet.scope,
          'linkedAt', wallet.created_at) order by wallet.created_at, wallet.id), '[]')
        from resident.wallet_id as wallet
        where wallet.company_id = account.company_id and wallet.account_id = account.id) as wallets,
      (select count(*) from resident.binding as binding
        where binding.company_id = account.company_id and binding.account_id = account.id
          and binding.ended_at is null) as homes
    from resident.account as account
    join identity.company as company on company.id = account.company_id
    where account.company_id = ${tx.companyId} and account.id = ${accountId}`);
}

export interface SessionRow {
  readonly sessionId: string;
  readonly surface: 'h5' | 'wechat' | 'alipay';
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly isThis: boolean;
}

/** Shown at most; nobody looks through more. */
const mostSessions = 50;

/** Those that are not over, last used first. */
export async function sessionRows(
  tx: Tx,
  input: { readonly accountId: string; readonly tokenSha256: Buffer | null; readonly at: Date },
): Promise<SessionRow[]> {
  return await tx.many(sql<SessionRow>`
    select id as "sessionId", surface, created_at as "createdAt", last_seen_at as "lastSeenAt",
      user_agent as "userAgent", ip,
      coalesce(token_sha256 = ${input.tokenSha256}::bytea, false) as "isThis"
    from resident.session
    where company_id = ${tx.companyId} and account_id = ${input.accountId}
      and revoked_at is null and expires_at > ${input.at}
    order by last_seen_at desc, id desc limit ${mostSessions}`);
}

export interface CompanyRow {
  readonly name: string;
  readonly shortCode: string;
}

export async function companyRow(tx: Tx): Promise<CompanyRow> {
  return await tx.one(sql<CompanyRow>`
    select name, short_code as "shortCode" from identity.company where id = ${tx.companyId}`);
}
