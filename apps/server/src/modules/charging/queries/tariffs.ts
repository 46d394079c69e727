import type { TariffView } from '@wuye-pay/contract';
import { decimal, decimalText } from '@wuye-pay/money';
import { emptySql, sql } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { formulaOf } from '../domain/formula.ts';

export interface TariffQuery {
  readonly companyId: string;
  readonly tariffId?: string;
  readonly feeItemId?: string | undefined;
  readonly latest?: boolean | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultLimit = 50;

/**
 * Tariff versions in the order of their creation. A version holds until the day before the next
 * one begins, or until it was ended.
 */
export function listTariffs(
  deps: Pick<Deps, 'db'>,
  query: TariffQuery,
): Promise<{ items: TariffView[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  return deps.db.read(query.companyId, async (tx) => {
    const rows = await tx.many(sql<Omit<TariffView, 'formula'>>`
      select * from (
        select t.id, t.fee_item_id as "feeItemId", f.name as "feeItemName", t.name, t.version,
          t.basis, t.area_basis as "areaBasis", t.price, t.surcharge,
          t.period_months as "periodMonths", t.anchor_month as "anchorMonth",
          t.rounding_mode as "roundingMode", t.rounding_unit as "roundingUnit",
          t.rounding_point as "roundingPoint", t.due_day as "dueDay",
          t.effective_from as "effectiveFrom",
          least(t.effective_to, lead(t.effective_from) over later - 1) as "effectiveTo",
          lead(t.id) over later is null as "isLatest"
        from charging.tariff as t
        join charging.fee_item as f on f.company_id = t.company_id and f.id = t.fee_item_id
        where t.company_id = ${tx.companyId}
          ${query.feeItemId === undefined ? emptySql : sql`and f.id = ${query.feeItemId}`}
        window later as (partition by t.company_id, t.fee_item_id, t.name order by t.version)
      ) as version
      where true ${query.latest ? sql`and "isLatest"` : emptySql}
        ${query.tariffId === undefined ? emptySql : sql`and id = ${query.tariffId}`}
        ${query.after === undefined ? emptySql : sql`and id > ${query.after}`}
      order by id limit ${limit + 1}`);
    const items = rows.slice(0, limit).map(tariffView);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

function tariffView(row: Omit<TariffView, 'formula'>): TariffView {
  return {
    ...row,
    price: decimalText(decimal(row.price)),
    surcharge: decimalText(decimal(row.surcharge)),
    formula: formulaOf(row),
  };
}
