import { sql, type Tx } from '../../../platform/database/index.ts';
import type { TariffTerms } from '../domain/tariff.ts';

export interface TariffVersion extends TariffTerms {
  readonly id: string;
  readonly feeItemId: string;
  readonly name: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

const columns = sql`id, fee_item_id as "feeItemId", name, version, basis,
  area_basis as "areaBasis", price, surcharge, period_months as "periodMonths",
  anchor_month as "anchorMonth", rounding_mode as "roundingMode",
  rounding_unit as "roundingUnit", rounding_point as "roundingPoint", due_day as "dueDay",
  effective_from as "effectiveFrom", effective_to as "effectiveTo"`;

export function latestVersion(
  tx: Tx,
  feeItemId: string,
  name: string,
): Promise<TariffVersion | undefined> {
  return tx.maybe(sql<TariffVersion>`
    select ${columns} from charging.tariff
    where company_id = ${tx.companyId} and fee_item_id = ${feeItemId} and name = ${name}
    order by version desc limit 1`);
}

export function tariffById(tx: Tx, tariffId: string): Promise<TariffVersion | undefined> {
  return tx.maybe(sql<TariffVersion>`
    select ${columns} from charging.tariff
    where company_id = ${tx.companyId} and id = ${tariffId}`);
}

export async function insertTariff(tx: Tx, tariff: TariffVersion, createdAt: Date): Promise<void> {
  await tx.run(sql`
    insert into charging.tariff (company_id, id, fee_item_id, name, version, basis, area_basis,
      price, surcharge, period_months, anchor_month, rounding_mode, rounding_unit, rounding_point,
      due_day, effective_from, effective_to, created_at)
    values (${tx.companyId}, ${tariff.id}, ${tariff.feeItemId}, ${tariff.name}, ${tariff.version},
      ${tariff.basis}, ${tariff.areaBasis}, ${tariff.price}, ${tariff.surcharge},
      ${tariff.periodMonths}, ${tariff.anchorMonth}, ${tariff.roundingMode},
      ${tariff.roundingUnit}, ${tariff.roundingPoint}, ${tariff.dueDay}, ${tariff.effectiveFrom},
      ${tariff.effectiveTo}, ${createdAt})`);
}

export async function setTariffEnd(tx: Tx, tariffId: string, effectiveTo: string): Promise<void> {
  await tx.run(sql`
    update charging.tariff set effective_to = ${effectiveTo}
    where company_id = ${tx.companyId} and id = ${tariffId}`);
}
