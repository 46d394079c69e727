import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Bilingual } from '../domain/explain.ts';
import { formulaOf } from '../domain/formula.ts';
import type { TariffTerms } from '../domain/tariff.ts';

export interface FeeStandard {
  readonly feeItemName: string;
  readonly tariffName: string;
  readonly formula: Bilingual;
  readonly dueDay: number;
  readonly effectiveFrom: string;
}

type Row = TariffTerms & Omit<FeeStandard, 'formula'>;

/** The tariffs that homes of a community pay on a day, as the bill run would take them. */
export async function feeStandardsOf(
  tx: Tx,
  { communityId, day }: { readonly communityId: string; readonly day: string },
): Promise<readonly FeeStandard[]> {
  const rows = await tx.many(sql<Row>`
    select item.name as "feeItemName", tariff.name as "tariffName", tariff.basis,
      tariff.area_basis as "areaBasis", tariff.price, tariff.surcharge,
      tariff.period_months as "periodMonths", tariff.anchor_month as "anchorMonth",
      tariff.rounding_mode as "roundingMode", tariff.rounding_unit as "roundingUnit",
      tariff.rounding_point as "roundingPoint", tariff.due_day as "dueDay",
      tariff.effective_from as "effectiveFrom"
    from (
      select distinct fee_item_id, tariff_name from charging.assignment
      where company_id = ${tx.companyId} and community_id = ${communityId}
        and from_on <= ${day} and (to_on is null or to_on >= ${day})) as paid
    join charging.fee_item as item
      on item.company_id = ${tx.companyId} and item.id = paid.fee_item_id
    cross join lateral (
      select * from charging.tariff as version
      where version.company_id = ${tx.companyId} and version.fee_item_id = paid.fee_item_id
        and version.name = paid.tariff_name and version.effective_from <= ${day}
      order by version.effective_from desc, version.version desc limit 1) as tariff
    where tariff.effective_to is null or tariff.effective_to >= ${day}
    order by item.priority, item.name, tariff.name
    limit 200`);
  return rows.map(({ feeItemName, tariffName, dueDay, effectiveFrom, ...terms }) => {
    const formula = formulaOf({ ...terms, dueDay });
    return { feeItemName, tariffName, dueDay, effectiveFrom, formula };
  });
}
