import { sql, type Tx } from '../../../platform/database/index.ts';
import type { BindingRole } from './homes.ts';

export interface ContactRow {
  readonly unitId: string;
  readonly accountId: string;
  readonly role: BindingRole;
  readonly language: 'zh' | 'en';
  readonly phoneCipher: Buffer | null;
  readonly emailCipher: Buffer | null;
  readonly walletIds: readonly { readonly scope: string; readonly openId: string }[];
  readonly devices: readonly { readonly provider: 'jpush' | 'getui'; readonly token: string }[];
}

const reached = sql`account.id as "accountId", account.language,
  account.phone_cipher as "phoneCipher", account.email_cipher as "emailCipher",
  (select coalesce(jsonb_agg(jsonb_build_object('scope', wallet.scope, 'openId', wallet.open_id)
      order by wallet.created_at, wallet.id), '[]') from resident.wallet_id as wallet
    where wallet.company_id = account.company_id and wallet.account_id = account.id
    ) as "walletIds",
  (select coalesce(jsonb_agg(jsonb_build_object('provider', device.provider,
      'token', device.token) order by device.last_seen_at desc, device.id), '[]')
    from resident.device as device
    where device.company_id = account.company_id and device.account_id = account.id) as devices`;

/** Everybody with access to these homes and how they can be reached, in the order of binding. */
export async function contactRows(tx: Tx, unitIds: readonly string[]): Promise<ContactRow[]> {
  return await tx.many(sql<ContactRow>`
    select binding.unit_id as "unitId", binding.role, ${reached}
    from resident.binding as binding
    join resident.account as account
      on account.company_id = binding.company_id and account.id = binding.account_id
    where binding.company_id = ${tx.companyId} and binding.unit_id = any (${unitIds}::uuid[])
      and binding.ended_at is null and account.state = 'active'
    order by binding.unit_id, binding.bound_at, binding.id`);
}

export type AccountContactRow = Omit<ContactRow, 'unitId' | 'role'> & {
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
};

export async function accountContactRows(
  tx: Tx,
  accountIds: readonly string[],
): Promise<AccountContactRow[]> {
  return await tx.many(sql<AccountContactRow>`
    select ${reached}, account.display_name as "displayName",
      account.phone_masked as "phoneMasked"
    from resident.account as account
    where account.company_id = ${tx.companyId} and account.id = any (${accountIds}::uuid[])
      and account.state = 'active'`);
}

/** The company's day, for what the house list says of it. */
export async function todayOf(tx: Tx, at: Date): Promise<string> {
  const { day } = await tx.one(sql<{ day: string }>`
    select (${at}::timestamptz at time zone company.time_zone)::date as day
    from identity.company as company where company.id = ${tx.companyId}`);
  return day;
}
