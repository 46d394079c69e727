import type { BillDetail } from '@wuye-pay/contract';
import { decimal, decimalText } from '@wuye-pay/money';
import { dayOf } from '../../../platform/clock.ts';
import { joinSql, sql } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { billingErrors } from '../errors.ts';
import { timeZoneOf } from './facts.ts';
import {
  type BillFilter,
  type BillRow,
  billColumns,
  billFilters,
  billSource,
  billView,
} from './list-bills.ts';

interface DetailColumns {
  readonly tariffName: string;
  readonly tariffVersion: number;
  readonly fromBalanceFen: number;
  readonly publishedAt: Date | null;
  readonly heldByPaymentId: string | null;
}

/** One bill with all that explains it, drafts included. Its payments are payment's to tell. */
export function billDetail(
  deps: Pick<Deps, 'db' | 'clock'>,
  query: { readonly companyId: string; readonly billId: string },
): Promise<BillDetail> {
  return deps.db.read(query.companyId, async (tx) => {
    const today = dayOf(deps.clock.now(), await timeZoneOf(tx));
    const row = await tx.maybe(sql<BillRow & DetailColumns>`
      select ${billColumns}, b.from_balance_fen as "fromBalanceFen",
        t.name as "tariffName", t.version as "tariffVersion", r.published_at as "publishedAt", h.payment_id as "heldByPaymentId"
      ${billSource}
      join charging.pub_tariff as t on t.company_id = b.company_id and t.id = b.tariff_id
      left join billing.hold as h on h.company_id = b.company_id and h.id = b.id
      where b.company_id = ${tx.companyId} and b.id = ${query.billId}`);
    if (!row) throw billingErrors.BILL_NOT_FOUND();
    const { fromBalanceFen, tariffName, tariffVersion, publishedAt, heldByPaymentId, ...bill } =
      row;
    return {
      ...billView(bill, today),
      areaM2: bill.areaM2 === null ? null : decimalText(decimal(bill.areaM2)),
      price: decimalText(decimal(bill.price)),
      surcharge: decimalText(decimal(bill.surcharge)),
      months: bill.months,
      fromBalanceFen,
      tariffName,
      tariffVersion,
      publishedAt: publishedAt?.toISOString() ?? null,
      heldByPaymentId,
    };
  });
}

export interface BillTotals {
  billCount: number;
  amountFen: number;
  paidFen: number;
  waivedFen: number;
  openFen: number;
}

/** Sums over a filter, for the head of a list. */
export function billTotals(
  deps: Pick<Deps, 'db' | 'clock'>,
  filter: BillFilter,
): Promise<BillTotals> {
  return deps.db.read(filter.companyId, async (tx) => {
    const today = dayOf(deps.clock.now(), await timeZoneOf(tx));
    return await tx.one(sql<BillTotals>`
      select count(*) as "billCount", coalesce(sum(b.amount_fen), 0)::bigint as "amountFen",
        coalesce(sum(b.paid_fen), 0)::bigint as "paidFen",
        coalesce(sum(b.waived_fen), 0)::bigint as "waivedFen",
        coalesce(sum(b.amount_fen - b.paid_fen - b.waived_fen)
          filter (where b.state <> 'void'), 0)::bigint as "openFen"
      ${billSource} where ${joinSql(billFilters(tx, filter, today), ' and ')}`);
  });
}
