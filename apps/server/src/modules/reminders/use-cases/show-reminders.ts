import type {
  ReminderDetail,
  ReminderEffectRow,
  ReminderPrintRow,
  ReminderRow,
  ResidentMessage,
} from '@wuye-pay/contract';
import type { ResidentActor, StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { dayOf } from '../../../platform/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type ListPage, markForms, pageOf, readMark } from '../../../platform/list-page.ts';
import { dayAfter } from '../domain/occurrences.ts';
import { reminderErrors } from '../errors.ts';
import { companyOf } from '../queries/company.ts';
import { showEffectRows } from '../queries/effect.ts';
import {
  areReminders,
  listReminders,
  noticesOf,
  printRows,
  reminderDetail,
} from '../queries/reminders.ts';
import { residentMessages } from '../queries/resident-messages.ts';
import { markRead } from '../store/notice-store.ts';
import { dropPaidPrints, markPrinted } from '../store/print-store.ts';

type ReadDeps = Pick<Deps, 'db' | 'clock'>;

interface Paged {
  readonly after?: string;
  readonly limit?: number;
}

export interface ListInput extends Paged {
  readonly planId?: string;
  readonly stepId?: string;
  readonly communityId?: string;
  readonly unitId?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly via?: string;
  readonly from?: string;
  readonly to?: string;
}

const usualPage = 50;

export async function showReminders(
  { db }: ReadDeps,
  companyId: string,
  { after: mark, limit = usualPage, ...filter }: ListInput,
): Promise<ListPage<ReminderRow>> {
  const after = readMark(mark, [markForms.day, markForms.id]);
  const rows = await db.read(companyId, (tx) =>
    listReminders(tx, { ...filter, after, limit: limit + 1 }),
  );
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.day, row.id],
  );
}

/** @throws REMINDER_NOT_FOUND */
export async function showReminder(
  { db }: ReadDeps,
  companyId: string,
  reminderId: string,
): Promise<ReminderDetail> {
  return await db.read(companyId, async (tx) => {
    const reminder = await reminderDetail(tx, reminderId);
    if (!reminder) throw reminderErrors.REMINDER_NOT_FOUND();
    return { ...reminder, notices: await noticesOf(tx, reminderId) };
  });
}

export interface EffectInput {
  readonly planId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The last thirty days unless asked otherwise. */
export async function showEffect(
  deps: ReadDeps,
  companyId: string,
  { planId, from, to }: EffectInput,
): Promise<{ from: string; to: string; items: ReminderEffectRow[] }> {
  return await deps.db.read(companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const until = to ?? dayOf(deps.clock.now(), timeZone);
    const since = from ?? dayAfter(until, -usualDays);
    const query = { from: since, to: until, ...(planId && { planId }) };
    return { from: since, to: until, items: await showEffectRows(tx, query) };
  });
}

const usualDays = 29;

/** A notice that nobody printed for so long speaks of another time. */
const paperDays = 60;

interface PrintInput extends Paged {
  readonly communityId?: string;
  readonly state?: 'to-print' | 'printed';
}

/** Notices on paper that are still true: those to print, or those printed already. */
export async function printQueue(
  { db, clock }: ReadDeps,
  companyId: string,
  { after: mark, limit = usualPage, communityId, state = 'to-print' }: PrintInput,
): Promise<ListPage<ReminderPrintRow>> {
  const after = readMark(mark, [markForms.day, markForms.id]);
  const query = { state, after, limit: limit + 1, ...(communityId && { communityId }) };
  const rows = await db.read(companyId, async (tx) => {
    const { timeZone } = await companyOf(tx);
    const since = dayAfter(dayOf(clock.now(), timeZone), -paperDays);
    return await printRows(tx, { ...query, since });
  });
  return pageOf(
    rows,
    limit,
    (row) => ({ ...row, printedAt: row.printedAt?.toISOString() ?? null }),
    (row) => [row.day, row.id],
  );
}

/** @returns how many were waiting to be printed. @throws REMINDER_NOT_FOUND */
export async function notePrinted(
  deps: ReadDeps,
  { actor, reminderIds }: { readonly actor: StaffActor; readonly reminderIds: readonly string[] },
): Promise<{ printed: number }> {
  const at = deps.clock.now();
  return await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await areReminders(tx, reminderIds))) throw reminderErrors.REMINDER_NOT_FOUND();
    await dropPaidPrints(tx, at);
    const printed = await markPrinted(tx, reminderIds, { at });
    if (printed > 0) {
      await recordAudit(tx, deps.clock, {
        actor,
        action: 'reminders.print_notices',
        subjectKind: 'reminder',
        subjectId: reminderIds[0] ?? '',
        detail: { printed },
      });
    }
    return { printed };
  });
}

export async function showMessages(
  { db }: ReadDeps,
  actor: ResidentActor,
  { after: mark, limit = usualPage }: Paged,
): Promise<ListPage<ResidentMessage>> {
  const after = readMark(mark, [markForms.instant, markForms.id]);
  const query = { accountId: actor.id, after, limit: limit + 1 };
  const rows = await db.read(actor.companyId, (tx) => residentMessages(tx, query));
  return pageOf(
    rows,
    limit,
    (row) => row,
    (row) => [row.at, row.id],
  );
}

export async function readMessages(
  { db, clock }: ReadDeps,
  actor: ResidentActor,
): Promise<{ read: number }> {
  return await db.transaction(actor.companyId, async (tx) => ({
    read: await markRead(tx, actor.id, clock.now()),
  }));
}
