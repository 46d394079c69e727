import type { TicketContext, TicketDetail } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { entryTitle, isInternal } from '../domain/entry-words.ts';
import { ticketActions } from '../domain/ticket-actions.ts';
import { feedbackErrors } from '../errors.ts';
import { disputeOf } from './dispute.ts';
import { entriesOf } from './entries.ts';
import { settingsOf } from './settings.ts';
import { type TicketRow, ticketColumns, ticketSource, ticketView } from './tickets.ts';

interface DetailColumns {
  readonly context: TicketContext;
  readonly ratingText: string | null;
  readonly reopenedCount: number;
  readonly isReachable: boolean;
}

export interface DetailQuery {
  readonly companyId: string;
  readonly permissions: { has(permission: string): boolean };
  readonly ticketId: string;
}

/** One ticket whole, for staff. @throws TICKET_NOT_FOUND */
export function ticketDetail(
  deps: Pick<Deps, 'db' | 'clock'>,
  { companyId, permissions, ticketId }: DetailQuery,
): Promise<TicketDetail> {
  const now = deps.clock.now();
  return deps.db.read(companyId, async (tx) => {
    const row = await readTicket(tx, ticketId);
    const [entries, dispute, settings] = [
      await entriesOf(tx, ticketId),
      await disputeOf(tx, ticketId),
      await settingsOf(tx),
    ];
    const { context, ratingText, reopenedCount, isReachable, ...ticket } = row;
    const facts = {
      ...{ state: row.state, resolvedAt: row.resolvedAt, isDispute: row.isDispute },
      reopenDays: settings.reopenDays,
      disputeState: dispute?.state ?? null,
      adjustmentId: dispute?.adjustmentId ?? null,
    };
    return {
      ...ticketView(ticket, now),
      text: row.text,
      context: contextWords(context),
      entries: entries.map((entry) => ({
        id: entry.id,
        at: entry.at.toISOString(),
        kind: entry.kind,
        isInternal: isInternal(entry.kind),
        actorKind: entry.actorKind,
        actorName: entry.actorName,
        title: entryTitle(entry),
        text: entry.text,
        photos: [...entry.photos],
      })),
      dispute,
      ratingText,
      reopenedCount,
      isReachable,
      allowedActions: ticketActions(facts, permissions, now),
    };
  });
}

async function readTicket(tx: Tx, ticketId: string): Promise<TicketRow & DetailColumns> {
  const row = await tx.maybe(sql<TicketRow & DetailColumns>`
    select ${ticketColumns}, t.context, t.rating_text as "ratingText",
      t.reopened_count as "reopenedCount",
      t.phone_cipher is not null or t.account_id is not null as "isReachable"
    ${ticketSource} where t.company_id = ${tx.companyId} and t.id = ${ticketId}`);
  if (!row) throw feedbackErrors.TICKET_NOT_FOUND();
  return row;
}

function contextWords(context: TicketContext): TicketDetail['context'] {
  const line = (
    zh: string,
    en: string,
    value: string | undefined,
    paymentId: string | null = null,
  ) => (value === undefined ? [] : [{ label: { zh, en }, value, paymentId }]);
  return [
    ...line('支付单', 'Payment', context.paymentId, context.paymentId ?? null),
    ...line('支付订单号', 'Order number', context.orderNo),
    ...line('错误码', 'Error code', context.errorCode),
    ...line('所在页面', 'Page', context.page),
    ...line('应用版本', 'App version', context.appVersion),
  ];
}
