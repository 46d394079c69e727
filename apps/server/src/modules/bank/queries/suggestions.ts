import { sql, type Tx } from '../../../platform/database/index.ts';

export interface KnownPayer {
  readonly unitId: string;
  readonly times: number;
}

/** Units for which the same account paid before: matched by itself or by hand. */
export function unitsOfPayer(tx: Tx, counterpartyIndex: Buffer): Promise<KnownPayer[]> {
  return tx.many(sql<KnownPayer>`
    with paid as (
      select e.company_id, e.id, e.unit_id from bank.entry as e
      where e.company_id = ${tx.companyId} and e.counterparty_index = ${counterpartyIndex}
        and e.payment_id is not null
      union
      select e.company_id, e.id, m.unit_id from bank.entry as e
      join bank.match as m on m.company_id = e.company_id and m.entry_id = e.id
      where e.company_id = ${tx.companyId} and e.counterparty_index = ${counterpartyIndex})
    select unit_id as "unitId", count(*) as times from paid
    where company_id = ${tx.companyId} and unit_id is not null
    group by unit_id order by times desc, unit_id limit 20`);
}

export interface UnitFacts {
  readonly unitId: string;
  readonly unitLabel: string;
  readonly communityName: string;
  readonly ownerMasked: string | null;
}

export function unitFacts(tx: Tx, unitIds: readonly string[]): Promise<UnitFacts[]> {
  return tx.many(sql<UnitFacts>`
    select unit.id as "unitId", unit.label as "unitLabel", community.name as "communityName", (
        select o.name_masked from estate.pub_owner as o
        where o.company_id = unit.company_id and o.unit_id = unit.id and o.to_on is null
        order by o.person_id limit 1) as "ownerMasked"
    from estate.pub_unit as unit
    join estate.pub_community as community on community.company_id = unit.company_id
      and community.id = unit.community_id
    where unit.company_id = ${tx.companyId} and unit.id = any (${unitIds}::uuid[])
    order by unit.id limit 200`);
}

/** Units whose open bills come to exactly this much, and nobody else's. */
export function unitsOwing(tx: Tx, amountFen: number, limit: number): Promise<string[]> {
  return tx
    .many(sql<{ unitId: string }>`
      select b.unit_id as "unitId" from billing.pub_bill as b
      where b.company_id = ${tx.companyId} and b.state = 'issued'
        and b.paid_fen + b.waived_fen < b.amount_fen
      group by b.unit_id
      having sum(b.amount_fen - b.paid_fen - b.waived_fen) = ${amountFen}
      order by b.unit_id limit ${limit}`)
    .then((rows) => rows.map(({ unitId }) => unitId));
}
