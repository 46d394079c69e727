import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { dayBefore } from '../domain/day.ts';
import { companiesWithBooks } from '../queries/companies.ts';
import {
  closeThrough,
  deleteDayTotals,
  lockBook,
  openBook,
  writeDayTotals,
} from '../store/book-store.ts';

/** A day closes this long after its end: no transaction that began on it is under way by then. */
const graceMs = 6 * 3_600_000;

/** Writes the totals of the days that are over, of every company. Safe to repeat. */
export async function closeDays(deps: Pick<Deps, 'jobsDb' | 'clock'>): Promise<void> {
  for (const companyId of await companiesWithBooks(deps.jobsDb.global)) {
    await deps.jobsDb.transaction(companyId, (tx) => closeDaysOf(tx, deps));
  }
}

/** Writes the totals of all closed days anew from the transfers. */
export async function rebuildDays(
  deps: Pick<Deps, 'jobsDb' | 'clock'>,
  companyId: string,
): Promise<void> {
  await deps.jobsDb.transaction(companyId, async (tx) => {
    await lockBook(tx);
    await deleteDayTotals(tx);
    await closeDaysOf(tx, deps);
  });
}

async function closeDaysOf(tx: Tx, deps: Pick<Deps, 'clock'>): Promise<void> {
  const at = deps.clock.now();
  const book = (await lockBook(tx)) ?? (await openedBook(tx, at));
  if (book === undefined) return;
  const after = book.closedThrough;
  const through = dayBefore(dayOf(new Date(at.getTime() - graceMs), book.timeZone));
  if (through <= after) return;
  await writeDayTotals(tx, { after, through });
  await closeThrough(tx, through, at);
}

async function openedBook(tx: Tx, at: Date) {
  await openBook(tx, at);
  return await lockBook(tx);
}
