import type { ResidentTicket, ResidentTicketDetail } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { billTitle } from '../domain/bill-title.ts';
import { entryTitle, isInternal } from '../domain/entry-words.ts';
import { isOpen, mayReopen, stateWords } from '../domain/ticket-state.ts';
import { feedbackErrors } from '../errors.ts';
import { disputeOf } from './dispute.ts';
import { type EntryRow, entriesOf } from './entries.ts';
import { settingsOf } from './settings.ts';
import { idIn, type TicketRow, ticketColumns, ticketSource } from './tickets.ts';

const defaultLimit = 20;

/** What an account opened, the newest first. */
export function residentTickets(
  deps: Pick<Deps, 'db'>,
  query: {
    readonly companyId: string;
    readonly accountId: string;
    readonly after?: string | undefined;
    readonly limit?: number | undefined;
  },
): Promise<{ items: ResidentTicket[]; next: string | null }> {
  const limit = query.limit ?? defaultLimit;
  const after = query.after === undefined ? null : idIn(query.after);
  return deps.db.read(query.companyId, async (tx) => {
    const rows = await tx.many(sql<TicketRow>`
      select ${ticketColumns} ${ticketSource}
      where t.company_id = ${tx.companyId} and t.account_id = ${query.accountId}
        and (${after}::uuid is null or t.id < ${after}::uuid)
      order by t.id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return {
      items: page.map(fieldsOf),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

/** Whose eyes: the account that opened it, or whoever holds its link. */
export type Reader = { readonly accountId: string } | { readonly accessCode: string };

type Row = TicketRow & { readonly ratingText: string | null };

/** One ticket as its opener sees it, without what is internal. @throws TICKET_NOT_FOUND */
export function residentTicket(
  deps: Pick<Deps, 'db' | 'clock'>,
  query: {
    readonly companyId: string;
    readonly reader: Reader;
    /** Not needed with an access code. */
    readonly ticketId?: string;
  },
): Promise<ResidentTicketDetail> {
  const { reader, ticketId = null } = query;
  const now = deps.clock.now();
  return deps.db.read(query.companyId, async (tx) => {
    const own =
      'accountId' in reader
        ? sql`t.account_id = ${reader.accountId} and t.id = ${ticketId}`
        : sql`t.access_code = ${reader.accessCode}`;
    const row = await tx.maybe(sql<Row>`
      select ${ticketColumns}, t.rating_text as "ratingText" ${ticketSource}
      where t.company_id = ${tx.companyId} and ${own}`);
    if (!row) throw feedbackErrors.TICKET_NOT_FOUND();
    return await detailOf(tx, row, now);
  });
}

async function detailOf(tx: Tx, row: Row, now: Date): Promise<ResidentTicketDetail> {
  const entries = await entriesOf(tx, row.id);
  const dispute = await disputeOf(tx, row.id);
  const { reopenDays } = await settingsOf(tx);
  const runs = ['new', 'assigned', 'in-progress'].includes(row.state);
  return {
    ...fieldsOf(row),
    dispute: dispute && {
      billId: dispute.billId,
      title: billTitle(dispute),
      state: dispute.state,
      answer: dispute.answer,
      answerText: dispute.answerText,
    },
    rating: row.rating === null ? null : { score: row.rating, text: row.ratingText ?? '' },
    entries: entries.filter(({ kind }) => !isInternal(kind)).map(entryView),
    resolveDueAt: runs ? row.resolveDueAt.toISOString() : null,
    allowedActions: {
      message: isOpen(row.state),
      rate: !isOpen(row.state) && row.rating === null,
      reopen: mayReopen({ ...row, reopenDays }, now),
      withdraw: isOpen(row.state) && !dispute?.adjustmentId,
    },
  };
}

function fieldsOf(row: TicketRow): ResidentTicket {
  const { id, ticketNo, isDispute, unitId, unitLabel, text, state } = row;
  return {
    ...{ id, ticketNo, isDispute, unitId, unitLabel, text, state },
    category: { zh: row.categoryName, en: row.categoryNameEn },
    stateText: stateWords[state],
    openedAt: row.openedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function entryView(entry: EntryRow): ResidentTicketDetail['entries'][number] {
  const { id, text, photos } = entry;
  const isTheirs = entry.actorKind === 'resident' || entry.actorKind === 'payer';
  const from = isTheirs ? 'us' : entry.actorKind === 'staff' ? 'office' : 'system';
  const title = entryTitle({ ...entry, receiver: null });
  return {
    ...{ id, text, from, title },
    at: entry.at.toISOString(),
    name: entry.actorName,
    photos: [...photos],
  };
}

/** Open disputes of a home, and which of them are the reader's own. */
export function disputesOfHome(
  tx: Tx,
  { unitId, accountId }: { readonly unitId: string; readonly accountId: string },
): Promise<{ billId: string; openedAt: Date; ticketId: string | null }[]> {
  return tx.many(sql<{ billId: string; openedAt: Date; ticketId: string | null }>`
    select d.bill_id as "billId", d.opened_at as "openedAt",
      case when t.account_id = ${accountId} then t.id end as "ticketId"
    from feedback.dispute as d
    join feedback.ticket as t on t.company_id = d.company_id and t.id = d.id
    where d.company_id = ${tx.companyId} and d.unit_id = ${unitId} and d.state = 'open'
    order by d.opened_at`);
}
