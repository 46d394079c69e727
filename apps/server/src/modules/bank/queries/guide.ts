import { sql, type Tx } from '../../../platform/database/index.ts';

export interface GuideRow {
  readonly unitId: string;
  readonly communityId: string;
  readonly label: string;
  readonly reference: string | null;
  readonly subAccount: string | null;
  readonly subAccountId: string | null;
}

/** What is known of one unit for paying by transfer. */
export function unitGuide(tx: Tx, unitId: string): Promise<GuideRow | undefined> {
  return tx.maybe(sql<GuideRow>`
    select unit.id as "unitId", unit.community_id as "communityId", unit.label, r.reference,
      s.number as "subAccount", s.account_id as "subAccountId"
    from estate.pub_unit as unit
    left join bank.reference as r on r.company_id = unit.company_id and r.unit_id = unit.id
    left join bank.sub_account as s on s.company_id = unit.company_id and s.unit_id = unit.id
    where unit.company_id = ${tx.companyId} and unit.id = ${unitId}`);
}

export interface GuideAccount {
  readonly bankAccountId: string;
  readonly holder: string;
  readonly bankName: string;
  readonly branch: string;
  readonly numberCipher: Buffer;
  readonly isNamed: boolean;
}

/** Accounts named for the community, and those that serve whoever has none. */
export function accountsFor(tx: Tx, communityId: string): Promise<GuideAccount[]> {
  return tx.many(sql<GuideAccount>`
    select a.id as "bankAccountId", a.holder, a.bank_name as "bankName", a.branch,
      a.number_cipher as "numberCipher", exists (
        select from bank.account_community as link
        where link.company_id = a.company_id and link.account_id = a.id
          and link.community_id = ${communityId}) as "isNamed"
    from bank.account as a
    where a.company_id = ${tx.companyId} and a.state = 'active' and (
      exists (select from bank.account_community as link
        where link.company_id = a.company_id and link.account_id = a.id
          and link.community_id = ${communityId})
      or not exists (select from bank.account_community as link
        where link.company_id = a.company_id and link.account_id = a.id))
    order by a.name, a.id limit 50`);
}

/** Active units of a community that have no reference yet, some of them. */
export async function unitsWithoutReference(
  tx: Tx,
  communityId: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.many(sql<{ id: string }>`
    select unit.id from estate.pub_unit as unit
    where unit.company_id = ${tx.companyId} and unit.community_id = ${communityId}
      and unit.state = 'active' and not exists (
        select from bank.reference as r
        where r.company_id = unit.company_id and r.unit_id = unit.id)
    order by unit.sort_key, unit.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

export async function hasCommunity(tx: Tx, communityId: string): Promise<boolean> {
  const row = await tx.maybe(sql<{ id: string }>`
    select id from estate.pub_community
    where company_id = ${tx.companyId} and id = ${communityId}`);
  return row !== undefined;
}

export interface ReferenceRow {
  readonly unitId: string;
  readonly communityName: string;
  readonly unitLabel: string;
  readonly sortKey: string;
  readonly reference: string | null;
  readonly subAccount: string | null;
  readonly subAccountBankName: string | null;
}

/** In the order of the doors, for printing. */
export function listReferences(
  tx: Tx,
  page: {
    readonly communityId: string;
    readonly after: readonly (string | number)[] | undefined;
    readonly limit: number;
  },
): Promise<ReferenceRow[]> {
  const after = page.after ?? ['', '00000000-0000-0000-0000-000000000000'];
  return tx.many(sql<ReferenceRow>`
    select unit.id as "unitId", community.name as "communityName", unit.label as "unitLabel",
      unit.sort_key as "sortKey", r.reference, s.number as "subAccount",
      a.bank_name as "subAccountBankName"
    from estate.pub_unit as unit
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    left join bank.reference as r on r.company_id = unit.company_id and r.unit_id = unit.id
    left join bank.sub_account as s on s.company_id = unit.company_id and s.unit_id = unit.id
    left join bank.account as a on a.company_id = s.company_id and a.id = s.account_id
    where unit.company_id = ${tx.companyId} and unit.community_id = ${page.communityId}
      and unit.state = 'active' and (unit.sort_key, unit.id) > (${after[0]}, ${after[1]}::uuid)
    order by unit.sort_key, unit.id limit ${page.limit}`);
}

export interface UnitByAddress {
  readonly unitId: string;
  readonly communityName: string;
  readonly label: string;
}

/** Units by community and door, for lists that a bank gave out. */
export function unitsByLabel(tx: Tx, labels: readonly string[]): Promise<UnitByAddress[]> {
  return tx.many(sql<UnitByAddress>`
    select unit.id as "unitId", community.name as "communityName", unit.label
    from estate.pub_unit as unit
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where unit.company_id = ${tx.companyId} and unit.label = any (${labels}::text[])
    order by unit.id limit 100000`);
}

/** Who has these numbers now. */
export async function holdersOfNumbers(
  tx: Tx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(sql<{ number: string; unitId: string }>`
    select number, unit_id as "unitId" from bank.sub_account
    where company_id = ${tx.companyId} and number = any (${numbers}::text[])
    order by number limit 100000`);
  return new Map(rows.map(({ number, unitId }) => [number, unitId]));
}
