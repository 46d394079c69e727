import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId, newId } from '../../../platform/id.ts';
import { enqueueMessages, type NewMessage } from '../../messaging/index.ts';
import { loosePhotoMs, messageLifeMs } from '../limits.ts';
import { settingsOf } from '../queries/settings.ts';
import {
  closeAll,
  companiesWithWork,
  insertSystemEntries,
  markOverdue,
  type Overdue,
  resolvedBefore,
} from '../store/overdue-store.ts';
import { forgetPhotos } from '../store/photo-store.ts';
import { forgetQuotas } from '../store/quota-store.ts';

type WatchDeps = Pick<Deps, 'jobsDb' | 'clock' | 'secrets' | 'publicUrl' | 'log'>;

const dayMs = 86_400_000;

/**
 * Escalates each clock that ran out once, closes what was resolved long ago, forgets photos that
 * were never sent and limits that are over. One company that fails does not stop the others.
 */
export async function watchClocks(deps: WatchDeps): Promise<void> {
  const now = deps.clock.now();
  for (const companyId of await companiesWithWork(deps.jobsDb, now)) {
    try {
      await deps.jobsDb.transaction(companyId, (tx) => watchCompany(tx, deps, now));
    } catch (error) {
      deps.log.error({ err: error, companyId }, 'the clocks of tickets could not be looked at');
    }
  }
}

async function watchCompany(tx: Tx, deps: WatchDeps, now: Date): Promise<void> {
  const settings = await settingsOf(tx);
  const late = [
    ...(await markOverdue(tx, 'first-reply', now)),
    ...(await markOverdue(tx, 'resolution', now)),
  ];
  const entries = late.map((ticket) => ({ ...ticket, id: newId(now) }));
  await insertSystemEntries(tx, entries, { kind: 'escalated', at: now });
  await enqueueMessages(
    tx,
    deps,
    settings.digestEmails.flatMap((address) => late.map((t) => overdueMail(tx, deps, t, address))),
  );
  const before = new Date(now.getTime() - settings.reopenDays * dayMs);
  const over = await resolvedBefore(tx, before);
  await closeAll(tx, over, now);
  const closed = over.map((ticketId) => ({ id: newId(now), ticketId }));
  await insertSystemEntries(tx, closed, { kind: 'closed', at: now });
  await forgetPhotos(tx, new Date(now.getTime() - loosePhotoMs));
  await forgetQuotas(tx, now);
}

function overdueMail(tx: Tx, deps: WatchDeps, ticket: Overdue, address: string): NewMessage {
  const at = deps.clock.now();
  const isReply = ticket.clock === 'first-reply';
  return {
    id: derivedId(
      tx.companyId,
      'feedback.overdue',
      ticket.ticketId,
      ticket.clock,
      at.toISOString(),
      address,
    ),
    purpose: 'feedback',
    subjectId: ticket.ticketId,
    recipientKey: derivedId(tx.companyId, 'feedback.mail', address),
    templateKey: 'feedback.overdue',
    dueAt: at,
    expiresAt: new Date(at.getTime() + messageLifeMs),
    content: {
      routes: [{ via: 'email', to: { kind: 'email', address } }],
      variables: {
        ticketNo: ticket.ticketNo,
        title: [...ticket.text.replaceAll(/\s+/g, ' ')].slice(0, 20).join(''),
        result: isReply ? '首次回复' : '处理',
      },
      link: `${deps.publicUrl}/console/tickets/${ticket.ticketId}`,
      language: 'zh',
    },
  };
}
