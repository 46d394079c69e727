import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { derivedId } from '../../../platform/id.ts';
import { enqueueMessages, type NewMessage } from '../../messaging/index.ts';
import { type Contact, contactsOfUnits } from '../../resident/index.ts';
import { isMeant, waysTo } from '../domain/ways.ts';
import { templateOf } from '../domain/wording.ts';
import { enqueueBatch } from '../limits.ts';
import {
  markDropped,
  markQueued,
  type PlannedReminder,
  takePlanned,
} from '../store/reminder-store.ts';

/**
 * Puts the messages of planned reminders into the queue, with nothing but ids: whom, about what,
 * when. What they say is decided when they leave.
 * @returns how many reminders were handled
 */
export async function enqueuePlanned(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets' | 'checkpoint'>,
  companyId: string,
): Promise<number> {
  let handled = 0;
  for (;;) {
    const taken = await deps.db.transaction(companyId, (tx) => enqueueSome(deps, tx));
    deps.checkpoint('reminders.enqueued');
    handled += taken;
    if (taken < enqueueBatch) return handled;
  }
}

async function enqueueSome(
  deps: Pick<Deps, 'clock' | 'secrets' | 'checkpoint'>,
  tx: Tx,
): Promise<number> {
  const reminders = await takePlanned(tx, enqueueBatch);
  if (reminders.length === 0) return 0;
  const unitIds = [...new Set(reminders.map(({ unitId }) => unitId))];
  const contacts = await contactsOfUnits(tx, deps, unitIds);
  const told = reminders.map((reminder) => ({
    id: reminder.id,
    messages: messagesOf(reminder, contacts.get(reminder.unitId) ?? []),
  }));
  await enqueueMessages(
    tx,
    deps,
    told.flatMap(({ messages }) => messages),
  );
  deps.checkpoint('reminders.enqueue');
  const silent = told.filter(({ messages }) => messages.length === 0);
  const dropped = silent.map(({ id }) => ({ id, reason: 'no-contact' as const }));
  await markDropped(tx, dropped, deps.clock.now());
  await markQueued(
    tx,
    told.filter(({ messages }) => messages.length > 0).map(({ id }) => id),
  );
  return reminders.length;
}

function messagesOf(reminder: PlannedReminder, contacts: readonly Contact[]): NewMessage[] {
  const { id, audience, vias, dueAt, expiresAt } = reminder;
  return contacts
    .filter((contact) => isMeant(audience, contact) && waysTo(vias, contact).length > 0)
    .map(({ recipientKey }) => ({
      id: derivedId('reminder', id, recipientKey),
      purpose: 'reminder',
      subjectId: id,
      recipientKey,
      templateKey: templateOf(reminder.days ?? (reminder.isOverdue ? 1 : -1)),
      dueAt,
      expiresAt,
    }));
}
