import { type Queryable, sql, type Tx } from '../../../platform/database/index.ts';
import type { ChannelName, KeyMode, MerchantAccount, PlatformKey } from '../channel.ts';
import type { CircuitState } from '../domain/circuit.ts';

export const accountColumns = sql`account.company_id as "companyId", account.id, account.number,
  account.channel, account.name, account.mch_id as "mchId", account.app_id as "appId",
  nullif(account.sub_mch_id, '') as "subMchId", nullif(account.sub_app_id, '') as "subAppId",
  account.endpoints, account.mode, account.state`;

/** The account for a new order: the first active one of the channel. */
export async function chooseMerchantAccount(
  tx: Tx,
  input: { readonly channel: ChannelName },
): Promise<MerchantAccount | undefined> {
  return await tx.maybe(sql<MerchantAccount>`
    select ${accountColumns} from channels.merchant_account as account
    where account.company_id = ${tx.companyId} and account.channel = ${input.channel}
      and account.state = 'active'
    order by account.number
    limit 1`);
}

/** The account of a channel whose app people sign in to: of that app where one is named. */
export async function accountOfApp(
  tx: Tx,
  { channel, appId }: { readonly channel: ChannelName; readonly appId?: string },
): Promise<MerchantAccount | undefined> {
  return await tx.maybe(sql<MerchantAccount>`
    select ${accountColumns} from channels.merchant_account as account
    where account.company_id = ${tx.companyId} and account.channel = ${channel}
      and account.state = 'active' and (${appId ?? null}::text is null
        or coalesce(nullif(account.sub_app_id, ''), account.app_id) = ${appId ?? null})
    order by account.number
    limit 1`);
}

export async function merchantAccountById(
  tx: Tx,
  id: string,
): Promise<MerchantAccount | undefined> {
  return await tx.maybe(sql<MerchantAccount>`
    select ${accountColumns} from channels.merchant_account as account
    where account.company_id = ${tx.companyId} and account.id = ${id}`);
}

export async function merchantAccountByNumber(
  tx: Tx,
  number: number,
): Promise<MerchantAccount | undefined> {
  return await tx.maybe(sql<MerchantAccount>`
    select ${accountColumns} from channels.merchant_account as account
    where account.company_id = ${tx.companyId} and account.number = ${number}`);
}

export interface AccountWithSecrets {
  readonly account: MerchantAccount;
  readonly credentials: Buffer;
  /** Before the last rotation, while they are still to be honoured. */
  readonly previous: Buffer | null;
  readonly rotatedAt: Date | null;
  readonly shortCode: string;
  readonly keys: readonly PlatformKey[];
}

/** All that a call at the channel needs. */
export async function loadAccount(
  tx: Tx,
  by: { readonly id: string } | { readonly number: number },
): Promise<AccountWithSecrets | undefined> {
  const filter = 'id' in by ? sql`account.id = ${by.id}` : sql`account.number = ${by.number}`;
  const row = await tx.maybe(sql<
    MerchantAccount &
      Pick<AccountWithSecrets, 'credentials' | 'previous' | 'rotatedAt' | 'shortCode'>
  >`
    select ${accountColumns}, account.credentials_cipher as credentials,
      account.previous_cipher as previous, account.rotated_at as "rotatedAt",
      company.short_code as "shortCode"
    from channels.merchant_account as account
    join identity.company as company on company.id = account.company_id
    where account.company_id = ${tx.companyId} and ${filter}`);
  if (!row) return undefined;
  const { credentials, previous, rotatedAt, shortCode, ...account } = row;
  const keys = await tx.many(sql<PlatformKey>`
    select serial, kind, public_key_pem as pem, valid_from as "validFrom", valid_to as "validTo"
    from channels.platform_key
    where company_id = ${tx.companyId} and merchant_account_id = ${account.id}
    order by created_at, serial`);
  return { account, credentials, previous, rotatedAt, shortCode, keys };
}

export interface ListedAccount extends MerchantAccount {
  readonly shortCode: string;
  readonly createdAt: Date;
  readonly refusedNotices: number;
  readonly rotatedAt: Date | null;
  readonly hasPrevious: boolean;
  readonly circuit: CircuitState;
  readonly openChangeId: string | null;
  readonly keys: readonly {
    readonly serial: string;
    readonly kind: KeyMode;
    readonly validFrom: string | null;
    readonly validTo: string | null;
  }[];
}

/** Every account of a company (there are a handful), or one of them. */
export async function listMerchantAccounts(
  tx: Tx,
  input: { readonly id?: string; readonly refusedSince: string },
): Promise<ListedAccount[]> {
  const only = input.id === undefined ? sql`true` : sql`account.id = ${input.id}`;
  return await tx.many(sql<ListedAccount>`
    select ${accountColumns}, company.short_code as "shortCode",
      account.created_at as "createdAt", account.rotated_at as "rotatedAt",
      account.previous_cipher is not null as "hasPrevious",
      coalesce(circuit.state, 'closed') as circuit, waiting.id as "openChangeId",
      (select coalesce(sum(times), 0)::bigint from channels.refusal_count as refusal
        where refusal.company_id = account.company_id
          and refusal.merchant_account_id = account.id
          and refusal.day >= ${input.refusedSince}) as "refusedNotices",
      (select coalesce(jsonb_agg(jsonb_build_object('serial', key.serial, 'kind', key.kind,
          'validFrom', key.valid_from, 'validTo', key.valid_to) order by key.serial), '[]')
        from channels.platform_key as key
        where key.company_id = account.company_id
          and key.merchant_account_id = account.id) as keys
    from channels.merchant_account as account
    join identity.company as company on company.id = account.company_id
    left join channels.circuit as circuit
      on circuit.company_id = account.company_id and circuit.id = account.id
    left join channels.change_request as waiting
      on waiting.company_id = account.company_id and waiting.subject_id = account.id
        and waiting.state = 'open'
    where account.company_id = ${tx.companyId} and ${only}
    order by account.number
    limit 200`);
}

/** Accounts of every company whose keys are to be refreshed; for the jobs' role. */
export async function accountsOfAllCompanies(
  db: Queryable,
): Promise<{ companyId: string; id: string; mode: string }[]> {
  return await db.many(sql<{ companyId: string; id: string; mode: string }>`
    select company_id as "companyId", id, mode from channels.merchant_account
    where state = 'active'
    order by company_id, id
    limit 5000`);
}
