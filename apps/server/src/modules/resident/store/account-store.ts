import { sql, type Tx } from '../../../platform/database/index.ts';

export interface SealedPhone {
  readonly cipher: Buffer;
  readonly index: Buffer;
  readonly masked: string;
}

/** @returns false when the phone is another account's already */
export async function insertAccountOfPhone(
  tx: Tx,
  account: { readonly id: string; readonly phone: SealedPhone; readonly language: 'zh' | 'en' },
  at: Date,
): Promise<boolean> {
  const { id, phone, language } = account;
  const written = await tx.run(sql`
    insert into resident.account (company_id, id, phone_cipher, phone_index, phone_masked,
      phone_verified_at, language, created_at)
    values (${tx.companyId}, ${id}, ${phone.cipher}, ${phone.index}, ${phone.masked}, ${at},
      ${language}, ${at})
    on conflict (company_id, phone_index) where state = 'active' do nothing`);
  return written === 1;
}

export interface Wallet {
  readonly id: string;
  readonly scope: string;
  readonly openId: string;
}

/** Both or neither. @returns false when the wallet is another account's already */
export async function insertAccountOfWallet(
  tx: Tx,
  account: { readonly id: string; readonly wallet: Wallet; readonly language: 'zh' | 'en' },
  at: Date,
): Promise<boolean> {
  const { id, wallet, language } = account;
  const written = await tx.run(sql`
    with wallet as (
      insert into resident.wallet_id (company_id, id, account_id, scope, open_id, created_at)
      values (${tx.companyId}, ${wallet.id}, ${id}, ${wallet.scope}, ${wallet.openId}, ${at})
      on conflict (company_id, scope, open_id) do nothing
      returning company_id, account_id)
    insert into resident.account (company_id, id, language, created_at)
    select wallet.company_id, wallet.account_id, ${language}, ${at} from wallet
    where wallet.company_id = ${tx.companyId}`);
  return written === 1;
}

export async function accountOfPhone(tx: Tx, index: Buffer): Promise<string | undefined> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from resident.account
    where company_id = ${tx.companyId} and phone_index = ${index} and state = 'active'`);
  return row?.id;
}

export async function accountOfWallet(
  tx: Tx,
  { scope, openId }: Omit<Wallet, 'id'>,
): Promise<string | undefined> {
  const row = await tx.maybe(sql<{ accountId: string }>`
    select account_id as "accountId" from resident.wallet_id
    where company_id = ${tx.companyId} and scope = ${scope} and open_id = ${openId}`);
  return row?.accountId;
}

export interface LockedAccount {
  readonly id: string;
  readonly displayName: string | null;
  readonly phoneMasked: string | null;
  readonly phoneCipher: Buffer | null;
  readonly wallets: number;
  /** Whether anything would be lost or handed over with it. */
  readonly isEmpty: boolean;
}

/** Locks active accounts in key order: whatever changes what they have does this first. */
export async function lockAccounts(tx: Tx, ids: readonly string[]): Promise<LockedAccount[]> {
  await tx.many(sql`
    select id from resident.account
    where company_id = ${tx.companyId} and id = any (${ids}::uuid[]) and state = 'active'
    order by id for update`);
  return await tx.many(sql<LockedAccount>`
    select account.id, account.display_name as "displayName",
      account.phone_masked as "phoneMasked", account.phone_cipher as "phoneCipher",
      (select count(*) from resident.wallet_id as wallet
        where wallet.company_id = account.company_id and wallet.account_id = account.id) as wallets,
      account.phone_cipher is null and account.email_cipher is null
        and not exists (select from resident.binding as binding
          where binding.company_id = account.company_id and binding.account_id = account.id
            and binding.ended_at is null)
        and not exists (select from resident.application as application
          where application.company_id = account.company_id
            and application.account_id = account.id and application.state = 'open') as "isEmpty"
    from resident.account as account
    where account.company_id = ${tx.companyId} and account.id = any (${ids}::uuid[])
      and account.state = 'active'`);
}

export async function setPhone(
  tx: Tx,
  accountId: string,
  phone: SealedPhone,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update resident.account set phone_cipher = ${phone.cipher}, phone_index = ${phone.index},
      phone_masked = ${phone.masked}, phone_verified_at = ${at}
    where company_id = ${tx.companyId} and id = ${accountId}`);
}

export async function setEmail(
  tx: Tx,
  accountId: string,
  email: { readonly cipher: Buffer; readonly masked: string } | null,
  at: Date,
): Promise<void> {
  await tx.run(sql`
    update resident.account set email_cipher = ${email?.cipher ?? null},
      email_masked = ${email?.masked ?? null}, email_verified_at = ${email === null ? null : at}
    where company_id = ${tx.companyId} and id = ${accountId}`);
}

export interface AccountChange {
  readonly displayName?: string | null;
  readonly language?: 'zh' | 'en';
  readonly isElder?: boolean;
}

/** What is not given stays. */
export async function updateAccount(
  tx: Tx,
  accountId: string,
  change: AccountChange,
): Promise<void> {
  const { displayName, language, isElder } = change;
  await tx.run(sql`
    update resident.account set
      display_name = case when ${displayName !== undefined} then ${displayName ?? null}
        else display_name end,
      language = coalesce(${language ?? null}, language),
      is_elder = coalesce(${isElder ?? null}, is_elder)
    where company_id = ${tx.companyId} and id = ${accountId} and state = 'active'`);
}

/** Takes everything personal out of an account; its id stays for the money that names it. */
export async function eraseAccount(tx: Tx, accountId: string, at: Date): Promise<void> {
  const { companyId } = tx;
  await tx.run(sql`
    delete from resident.wallet_id where company_id = ${companyId} and account_id = ${accountId}`);
  await tx.run(sql`
    delete from resident.device where company_id = ${companyId} and account_id = ${accountId}`);
  await tx.run(sql`
    update resident.account set state = 'closed', closed_at = ${at}, display_name = null,
      phone_cipher = null, phone_index = null, phone_masked = null, phone_verified_at = null,
      email_cipher = null, email_masked = null, email_verified_at = null
    where company_id = ${companyId} and id = ${accountId}`);
}

export async function insertWallet(
  tx: Tx,
  accountId: string,
  wallet: Wallet,
  at: Date,
): Promise<boolean> {
  const written = await tx.run(sql`
    insert into resident.wallet_id (company_id, id, account_id, scope, open_id, created_at)
    values (${tx.companyId}, ${wallet.id}, ${accountId}, ${wallet.scope}, ${wallet.openId}, ${at})
    on conflict (company_id, scope, open_id) do nothing`);
  return written === 1;
}

export async function moveWallets(tx: Tx, from: string, to: string): Promise<void> {
  await tx.run(sql`
    update resident.wallet_id set account_id = ${to}
    where company_id = ${tx.companyId} and account_id = ${from}`);
}

export async function deleteWallet(tx: Tx, accountId: string, walletId: string): Promise<boolean> {
  const deleted = await tx.run(sql`
    delete from resident.wallet_id
    where company_id = ${tx.companyId} and account_id = ${accountId} and id = ${walletId}`);
  return deleted === 1;
}
