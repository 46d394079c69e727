import { sql, type Tx } from '../../../platform/database/index.ts';
import type { AccountRow } from '../queries/accounts.ts';

export type NewAccount = Omit<AccountRow, 'number' | 'troubleCode' | 'troubleAt' | 'troubleUntil'>;

/** Two people at once may take one number: the second one's insert fails, and is tried again. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<void> {
  const { number } = await tx.one(sql<{ number: number }>`
    select coalesce(max(number), 0) + 1 as number from messaging.account
    where company_id = ${tx.companyId}`);
  await tx.run(sql`
    insert into messaging.account (company_id, id, number, provider, name, app_id, settings,
      endpoints, credentials, receipt_key, unit_price_yuan, priority, state, created_at, updated_at)
    values (${tx.companyId}, ${account.id}, ${number}, ${account.provider}, ${account.name},
      ${account.appId}, ${JSON.stringify(account.settings)}, ${JSON.stringify(account.endpoints)},
      ${account.credentials}, ${account.receiptKey}, ${account.unitPriceYuan}::numeric,
      ${account.priority}, ${account.state}, ${account.createdAt}, ${account.createdAt})`);
}

/** Trouble ends when the account is changed: the next message shows. */
export async function updateAccount(tx: Tx, account: AccountRow, at: Date): Promise<void> {
  await tx.run(sql`
    update messaging.account set name = ${account.name},
      settings = ${JSON.stringify(account.settings)},
      endpoints = ${JSON.stringify(account.endpoints)}, credentials = ${account.credentials},
      unit_price_yuan = ${account.unitPriceYuan}::numeric, priority = ${account.priority},
      state = ${account.state}, trouble_code = null, trouble_at = null, trouble_until = null,
      updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${account.id}`);
}

/** Where another app's secret stands, the token of before is of no use. */
export async function forgetToken(tx: Tx, accountId: string): Promise<void> {
  await tx.run(sql`
    update messaging.token set cipher = null, expires_at = null
    where company_id = ${tx.companyId} and id = ${accountId}`);
}

export async function lockAccount(tx: Tx, id: string): Promise<boolean> {
  const found = await tx.maybe(sql<{ id: string }>`
    select id from messaging.account where company_id = ${tx.companyId} and id = ${id}
    for update`);
  return found !== undefined;
}
