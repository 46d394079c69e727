import { sql, type Tx } from '../../../platform/database/index.ts';

export interface UnitOfReference {
  readonly reference: string;
  readonly unitId: string;
  readonly label: string;
}

/** The units whose references these are; most of them are nobody's. */
export async function unitsOfReferences(
  tx: Tx,
  references: readonly string[],
): Promise<UnitOfReference[]> {
  if (references.length === 0) return [];
  return await tx.many(sql<UnitOfReference>`
    select r.reference, r.unit_id as "unitId", unit.label
    from bank.reference as r
    join estate.pub_unit as unit on unit.company_id = r.company_id and unit.id = r.unit_id
    where r.company_id = ${tx.companyId} and r.reference = any (${references}::text[])
    order by r.reference limit 1000`);
}

export interface UnitOfSubAccount {
  readonly number: string;
  readonly unitId: string;
  readonly label: string;
}

export async function unitsOfSubAccounts(
  tx: Tx,
  { accountId, numbers }: { readonly accountId: string; readonly numbers: readonly string[] },
): Promise<UnitOfSubAccount[]> {
  if (numbers.length === 0) return [];
  return await tx.many(sql<UnitOfSubAccount>`
    select s.number, s.unit_id as "unitId", unit.label
    from bank.sub_account as s
    join estate.pub_unit as unit on unit.company_id = s.company_id and unit.id = s.unit_id
    where s.company_id = ${tx.companyId} and s.account_id = ${accountId}
      and s.number = any (${numbers}::text[])
    order by s.number limit 1000`);
}
