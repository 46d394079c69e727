import type { TransferFilter, TransferView } from '@wuye-pay/contract';
import { Temporal } from 'temporal-polyfill';
import type { Deps } from '../../../platform/deps.ts';
import { ledgerErrors } from '../errors.ts';
import { openSpan } from '../queries/balances.ts';
import { listTransfers, type TransferPlace } from '../queries/transfers.ts';

const defaultLimit = 50;
/** Days shown when none are asked for, and the most that one request may span. */
const defaultDays = 31;
const maxDays = 366;
/** With a source the few postings are found by an index, whatever the day. */
const allDays = { from: '2000-01-01', to: '2999-12-31' };

/** A page of transfers, newest first. */
export async function showTransfers(
  deps: Pick<Deps, 'db' | 'clock'>,
  companyId: string,
  filter: TransferFilter & { after?: string; limit?: number },
): Promise<{ items: TransferView[]; next: string | null }> {
  const limit = filter.limit ?? defaultLimit;
  const place = filter.after === undefined ? undefined : placeOf(filter.after);
  const rows = await deps.db.read(companyId, async (tx) => {
    const today = (await openSpan(tx, deps.clock.now())).day;
    return await listTransfers(tx, {
      ...filter,
      ...daysOf(filter, today),
      place,
      limit: limit + 1,
    });
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row, postedAt: row.postedAt.toISOString() })),
    next: rows.length > limit && last ? `${last.day}_${last.id}` : null,
  };
}

function daysOf(filter: TransferFilter, today: string): { from: string; to: string } {
  if (filter.sourceId !== undefined) return { ...allDays, ...given(filter) };
  const to = dayNamed('to', filter.to ?? today);
  const from =
    filter.from === undefined ? to.subtract({ days: defaultDays }) : dayNamed('from', filter.from);
  if (from.until(to).days > maxDays) throw invalid('from', `一次最多查询 ${maxDays} 天`);
  return { from: from.toString(), to: to.toString() };
}

function given({ from, to }: TransferFilter): { from?: string; to?: string } {
  return {
    ...(from !== undefined && { from: dayNamed('from', from).toString() }),
    ...(to !== undefined && { to: dayNamed('to', to).toString() }),
  };
}

function dayNamed(field: string, day: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(day);
  } catch (error) {
    throw invalid(field, '没有这一天，请按 2026-11-24 的形式填写', error);
  }
}

function placeOf(after: string): TransferPlace {
  const [, day, id] =
    /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after) ?? [];
  if (day === undefined || id === undefined) {
    throw invalid('after', '翻页标记无效，请从第一页重新查看');
  }
  return { day: dayNamed('after', day).toString(), id };
}

function invalid(field: string, reason: string, cause?: unknown) {
  return ledgerErrors.LEDGER_QUERY_INVALID({ problems: [{ field, reason }], cause });
}
