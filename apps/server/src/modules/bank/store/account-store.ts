import { sql, type Tx } from '../../../platform/database/index.ts';
import { derivedId } from '../../../platform/id.ts';

export interface AccountFields {
  readonly name: string;
  readonly holder: string;
  readonly bankName: string;
  readonly branch: string;
}

export interface NewAccount extends AccountFields {
  readonly id: string;
  readonly numberCipher: Buffer;
  readonly numberIndex: Buffer;
  readonly numberMasked: string;
}

export async function insertAccount(tx: Tx, account: NewAccount, at: Date): Promise<void> {
  await tx.run(sql`
    insert into bank.account (company_id, id, name, holder, bank_name, branch, number_cipher,
      number_index, number_masked, created_at, updated_at)
    values (${tx.companyId}, ${account.id}, ${account.name}, ${account.holder},
      ${account.bankName}, ${account.branch}, ${account.numberCipher}, ${account.numberIndex},
      ${account.numberMasked}, ${at}, ${at})`);
}

/** @returns whether there is such an account */
export async function updateAccount(
  tx: Tx,
  accountId: string,
  fields: AccountFields & { readonly state: 'active' | 'closed' },
  at: Date,
): Promise<boolean> {
  const written = await tx.run(sql`
    update bank.account set name = ${fields.name}, holder = ${fields.holder},
      bank_name = ${fields.bankName}, branch = ${fields.branch}, state = ${fields.state},
      updated_at = ${at}
    where company_id = ${tx.companyId} and id = ${accountId}`);
  return written === 1;
}

/** @returns how many of the communities there are */
export async function setCommunities(
  tx: Tx,
  accountId: string,
  communityIds: readonly string[],
): Promise<number> {
  await tx.run(sql`
    delete from bank.account_community
    where company_id = ${tx.companyId} and account_id = ${accountId}`);
  if (communityIds.length === 0) return 0;
  const ids = communityIds.map((communityId) => derivedId(accountId, communityId));
  return await tx.run(sql`
    insert into bank.account_community (company_id, id, account_id, community_id)
    select community.company_id, link.id, ${accountId}, community.id
    from estate.pub_community as community
    join unnest(${ids}::uuid[], ${communityIds}::uuid[]) as link (id, community_id)
      on link.community_id = community.id
    where community.company_id = ${tx.companyId}`);
}

/** Makes changes of accounts follow each other. @returns false when there is none */
export async function lockAccount(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from bank.account
    where company_id = ${tx.companyId} and id = ${accountId} for update`);
  return row !== undefined;
}
