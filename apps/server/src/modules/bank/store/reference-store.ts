import { sql, type Tx } from '../../../platform/database/index.ts';

export interface NewReference {
  readonly id: string;
  readonly unitId: string;
  readonly reference: string;
}

/** Two at once: the first one's stays. @returns how many are new */
export async function insertReferences(
  tx: Tx,
  made: readonly NewReference[],
  at: Date,
): Promise<number> {
  return await tx.run(sql`
    insert into bank.reference (company_id, id, unit_id, reference, created_at)
    select company.id, made.id, made.unit_id, made.reference, ${at}
    from identity.company as company
    cross join unnest(${made.map(({ id }) => id)}::uuid[],
      ${made.map(({ unitId }) => unitId)}::uuid[],
      ${made.map(({ reference }) => reference)}::text[]) as made (id, unit_id, reference)
    where company.id = ${tx.companyId}
    on conflict do nothing`);
}

export interface NewSubAccount {
  readonly id: string;
  readonly accountId: string;
  readonly unitId: string;
  readonly number: string;
}

/** A unit's number is replaced by the new one; a number of another unit is an error of the caller. */
export async function saveSubAccounts(
  tx: Tx,
  saved: readonly NewSubAccount[],
  at: Date,
): Promise<void> {
  await tx.run(sql`
    insert into bank.sub_account (company_id, id, account_id, unit_id, number, created_at)
    select company.id, saved.id, saved.account_id, saved.unit_id, saved.number, ${at}
    from identity.company as company
    cross join unnest(${saved.map(({ id }) => id)}::uuid[],
      ${saved.map(({ accountId }) => accountId)}::uuid[],
      ${saved.map(({ unitId }) => unitId)}::uuid[],
      ${saved.map(({ number }) => number)}::text[]) as saved (id, account_id, unit_id, number)
    where company.id = ${tx.companyId}
    on conflict (company_id, unit_id) do update set account_id = excluded.account_id,
      number = excluded.number`);
}

export async function deleteSubAccount(tx: Tx, unitId: string): Promise<void> {
  await tx.run(sql`
    delete from bank.sub_account where company_id = ${tx.companyId} and unit_id = ${unitId}`);
}
