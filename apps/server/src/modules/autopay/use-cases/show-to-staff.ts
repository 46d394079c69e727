import type { AutopayDebitRow, AutopayMandateRow, AutopaySummary } from '@wuye-pay/contract';
import { startOfDay } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { platformErrors } from '../../../platform/errors.ts';
import { addDays } from '../domain/rule.ts';
import { type PageInput, pageOf } from '../page.ts';
import { companyOf } from '../queries/company.ts';
import { type DebitFilter, listDebits } from '../queries/debits.ts';
import { listMandates, type MandateFilter } from '../queries/mandates.ts';
import { summaryOf } from '../queries/summary.ts';

type ReadDeps = Pick<Deps, 'db'>;
interface List<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

export function showMandates(
  deps: ReadDeps,
  companyId: string,
  query: MandateFilter & PageInput,
): Promise<List<AutopayMandateRow>> {
  return pageOf(query, (page) =>
    deps.db.read(companyId, (tx) => listMandates(tx, { ...query, ...page })),
  );
}

export function showDebits(
  deps: ReadDeps,
  companyId: string,
  query: DebitFilter & PageInput,
): Promise<List<AutopayDebitRow>> {
  for (const [field, day] of [
    ['from', query.from],
    ['to', query.to],
  ] as const) {
    if (day !== undefined) startOf(field, day, 'UTC');
  }
  return pageOf(query, (page) =>
    deps.db.read(companyId, (tx) => listDebits(tx, { ...query, ...page })),
  );
}

/** @param days both included */
export async function showSummary(
  deps: ReadDeps,
  companyId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<AutopaySummary> {
  return await deps.db.read(companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const start = startOf('from', from, timeZone);
    startOf('to', to, timeZone);
    const end = startOfDay(addDays(to, 1), timeZone);
    return await summaryOf(tx, { from, to, start, end });
  });
}

/** @throws INPUT_INVALID for a day that no calendar has */
function startOf(field: 'from' | 'to', day: string, timeZone: string): Date {
  try {
    return startOfDay(day, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = '没有这一天，请按 2026-11-24 的形式填写';
    throw platformErrors.INPUT_INVALID({ problems: [{ field, reason }], cause: error });
  }
}
