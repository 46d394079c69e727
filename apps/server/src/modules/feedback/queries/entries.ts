import type { PhotoView, TicketState } from '@wuye-pay/contract';
import { sql, type Tx } from '../../../platform/database/index.ts';
import type { EntryKind } from '../domain/entry-words.ts';

export interface EntryRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly text: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly fromState: TicketState | null;
  readonly toState: TicketState | null;
  readonly actorKind: 'staff' | 'resident' | 'payer' | 'system';
  readonly actorName: string;
  readonly at: Date;
  readonly photos: readonly PhotoView[];
  /** Of an assignment: who got it. */
  readonly receiver: string | null;
}

/** A ticket that people write hundreds of messages in shows the newest. */
const maxEntries = 500;

/** The timeline, oldest first. */
export async function entriesOf(tx: Tx, ticketId: string): Promise<EntryRow[]> {
  const rows = await tx.many(sql<EntryRow>`
    select e.id, e.kind, e.text, e.detail, e.from_state as "fromState", e.to_state as "toState",
      e.actor_kind as "actorKind", e.actor_name as "actorName", e.at,
      coalesce(s.display_name, r.name) as receiver,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'width', p.width, 'height', p.height)
          order by p.id)
        from feedback.photo as p
        where p.company_id = e.company_id and p.ticket_id = ${ticketId} and p.entry_id = e.id
      ), '[]') as photos
    from feedback.entry as e
    left join identity.pub_staff as s
      on s.company_id = e.company_id and s.id = (e.detail ->> 'assigneeId')::uuid
    left join identity.pub_role as r
      on r.company_id = e.company_id and r.id = (e.detail ->> 'roleId')::uuid
    where e.company_id = ${tx.companyId} and e.ticket_id = ${ticketId}
    order by e.id desc limit ${maxEntries}`);
  return rows.reverse();
}
