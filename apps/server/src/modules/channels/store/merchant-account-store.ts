import { sql, type Tx } from '../../../platform/database/index.ts';
import type { MerchantAccount } from '../channel.ts';

export type AccountRow = Omit<MerchantAccount, 'companyId' | 'number'>;

/** @returns the number that the account was given: the next one of the company */
export async function insertMerchantAccount(
  tx: Tx,
  account: AccountRow & { readonly credentials: Buffer; readonly createdAt: Date },
): Promise<number> {
  const row = await tx.one(sql<{ number: number }>`
    insert into channels.merchant_account (company_id, id, number, channel, name, mch_id, app_id,
      sub_mch_id, sub_app_id, endpoints, mode, credentials_cipher, state, created_at)
    select company.id, ${account.id}, coalesce(max(known.number), 0) + 1, ${account.channel},
      ${account.name}, ${account.mchId}, ${account.appId}, ${account.subMchId ?? ''},
      ${account.subAppId ?? ''}, ${JSON.stringify(account.endpoints)}::jsonb, ${account.mode},
      ${account.credentials}, ${account.state}, ${account.createdAt}
    from identity.company as company
    left join channels.merchant_account as known on known.company_id = company.id
    where company.id = ${tx.companyId}
    group by company.id
    returning number`);
  return row.number;
}

export async function updateMerchantAccount(
  tx: Tx,
  account: AccountRow & {
    readonly credentials: Buffer;
    /** What the secrets were before this change, if it replaces some. */
    readonly rotated: { readonly previous: Buffer; readonly at: Date } | undefined;
  },
): Promise<void> {
  const { rotated } = account;
  await tx.run(sql`
    update channels.merchant_account
    set name = ${account.name}, endpoints = ${JSON.stringify(account.endpoints)}::jsonb,
      mode = ${account.mode}, state = ${account.state},
      credentials_cipher = ${account.credentials},
      previous_cipher = coalesce(${rotated?.previous ?? null}, previous_cipher),
      rotated_at = coalesce(${rotated?.at ?? null}, rotated_at)
    where company_id = ${tx.companyId} and id = ${account.id}`);
}

/** Forgets the secrets of before a rotation whose overlap is over. */
export async function dropPreviousSecrets(tx: Tx, rotatedBefore: Date): Promise<number> {
  return await tx.run(sql`
    update channels.merchant_account set previous_cipher = null
    where company_id = ${tx.companyId} and previous_cipher is not null
      and rotated_at < ${rotatedBefore}`);
}

export interface StoredAccount extends MerchantAccount {
  readonly credentials: Buffer;
}

/** Locked until the end of the transaction. */
export async function lockMerchantAccount(
  tx: Tx,
  by: { readonly id: string } | Pick<MerchantAccount, 'channel' | 'mchId' | 'appId' | 'subMchId'>,
): Promise<StoredAccount | undefined> {
  const filter =
    'id' in by
      ? sql`id = ${by.id}`
      : sql`channel = ${by.channel} and mch_id = ${by.mchId} and app_id = ${by.appId}
          and sub_mch_id = ${by.subMchId ?? ''}`;
  return await tx.maybe(sql<StoredAccount>`
    select company_id as "companyId", id, number, channel, name, mch_id as "mchId",
      app_id as "appId", nullif(sub_mch_id, '') as "subMchId",
      nullif(sub_app_id, '') as "subAppId", endpoints, mode, state,
      credentials_cipher as credentials
    from channels.merchant_account
    where company_id = ${tx.companyId} and ${filter}
    for update`);
}
